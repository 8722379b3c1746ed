// How many rows a table shows: a setting like the others, with its control below the figures.
import { another, expect, hydrated, logIn, saved, test, typeLogin, type Page } from "../studio";
import { row } from "../layers";

const rows = (page: Page) => page.locator("#table-projects tbody tr");
const control = (page: Page) => page.getByRole("combobox", { name: "Page size" });

/** The list and its control show `number` rows, and the figures are current. */
async function expectRows(page: Page, number: number): Promise<void> {
  const main = page.getByRole("main");
  await expect(main).toHaveAttribute("data-rows", String(number));
  await expect(main).toHaveAttribute("aria-busy", "false");
  await expect(rows(page)).toHaveCount(number);
  await expect(control(page)).toHaveValue(String(number));
}

test("the list has as many rows as were chosen, and so have other windows and the next load", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  await expectRows(page, 50);
  const second = await another(page, server, "/projects");
  await control(page).selectOption("25");
  await expectRows(page, 25);
  await saved(page, "rows");
  await expectRows(second, 25);
  await expect(second.locator(".passing .notice")).toContainText("Page size is now 25 rows (changed in another window).");
  expect(row(server.database, "rows").value).toBe("25");
  await page.reload();
  await expectRows(page, 25);
});

test("the first row of a page stays in sight when the number changes", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/costs`);
  await hydrated(page);
  const bookings = page.locator("#table-bookings tbody tr");
  const range = page.locator(".pager .range");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(range).toContainText(/^51–100 /);
  const first = await bookings.first().textContent();
  await control(page).selectOption("25");
  await expect(range).toContainText(/^51–75 /);
  await expect(bookings).toHaveCount(25);
  await expect(bookings.first()).toHaveText(first!);
  await control(page).selectOption("100");
  await expect(range).toContainText(/^1–100 /);
  await expect(bookings.nth(50)).toHaveText(first!);
});

test("an address pins it to its window, and only pages with a list offer it", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects?rows=25`);
  await hydrated(page);
  await expectRows(page, 25);
  await expect(page.locator(".notice.pinned")).toContainText("This window stays on 25 rows.");
  const other = await another(page, server, "/projects");
  await expectRows(other, 50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.locator(".pager .range")).toContainText("26–50");
  await page.getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await expect(control(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(control(page)).toHaveValue("25");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("it is a form", async ({ page, server }) => {
    await page.goto(`${server.address}/projects`);
    await typeLogin(page);
    await control(page).selectOption("100");
    await page.locator("form.rows").getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(`${server.address}/projects`);
    await expect(page.getByRole("main")).toHaveAttribute("data-rows", "100");
    await expect(control(page)).toHaveValue("100");
  });
});
