// Without the program: if WASM is blocked, everything works with forms and links, and if it is late, no click is lost.
import { choose, expect, expectDivision, holdProgram, hydrated, logIn, saved, silent, test, type Page } from "../studio";
import { row } from "../layers";

const apply = (page: Page, setting: string) => page.locator(`form.setting.${setting}`).getByRole("button", { name: "Apply" }).click();
const notHydrated = (page: Page) => expect(page.locator("html")).not.toHaveClass(/hydrated/);

test.describe("with WASM blocked", () => {
  test.beforeEach(async ({ page, server }) => {
    // The messages that the browser and the blocked import log about it.
    silent(page, [/net::ERR_/, /WebAssembly|Failed to fetch|NetworkError|wasm/i]);
    await page.route("**/*.wasm", (route) => route.abort());
    await logIn(page, server.address);
  });

  test("the division and the period are applied, and stay over links, reloads and back", async ({ page, server }) => {
    await page.getByRole("link", { name: "Projects" }).click();
    await choose(page, "Web");
    await apply(page, "division");
    await expect(page).toHaveURL(`${server.address}/projects`);
    await expectDivision(page, "web", "Web");
    await page.getByLabel("Period").selectOption("2025");
    await apply(page, "period");
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    await page.getByText("Custom dates").click();
    await page.getByLabel("From").fill("2026-03-01");
    await page.getByLabel("To", { exact: true }).fill("2026-03-31");
    await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2026-03-01..2026-03-31");
    await page.getByRole("searchbox").fill("WEB-001");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page).toHaveURL(`${server.address}/projects?q=WEB-001`);
    await page.locator("#main tbody a").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^WEB-001/);
    await expectDivision(page, "web", "Web");
    await page.reload();
    await expectDivision(page, "web", "Web");
    await choose(page, "Mobile");
    await apply(page, "division");
    await page.getByRole("link", { name: "Costs" }).click();
    await expectDivision(page, "mobile", "Mobile");
    await page.goBack();
    await expectDivision(page, "mobile", "Mobile");
    await notHydrated(page);
    expect([row(server.database).value, row(server.database, "period").value]).toEqual(["mobile", "2026-03-01..2026-03-31"]);
  });

  test("the window is pinned, toggled, adopted and dropped", async ({ page, server }) => {
    await page.locator("form.division").getByRole("link", { name: /^Keep this window on / }).click();
    await expect(page).toHaveURL(`${server.address}/?division=all`);
    await choose(page, "Design");
    await apply(page, "division");
    await expect(page).toHaveURL(`${server.address}/?division=design`);
    await expectDivision(page, "design", "Design");
    expect(row(server.database)).toBeUndefined();
    await page.locator(".notice.pinned").getByRole("link", { name: "Back to my choice" }).click();
    await expectDivision(page, "all", "All");
    await page.goto(`${server.address}/costs?division=web`);
    await page.locator(".notice.pinned").getByRole("button", { name: "Use everywhere" }).click();
    await expect(page).toHaveURL(`${server.address}/costs`);
    await expectDivision(page, "web", "Web");
    expect(row(server.database).value).toBe("web");
    await notHydrated(page);
  });

  test("a choice that may not be is told with the way on, and nothing changes", async ({ page, server }) => {
    silent(page, [/status of 400/]);
    await choose(page, "Web");
    await apply(page, "division");
    await expectDivision(page, "web", "Web");
    await page.getByText("Custom dates").click();
    await page.getByLabel("From").fill("2026-05-01");
    await page.getByLabel("To", { exact: true }).fill("2026-03-01");
    // The answer is the page again, which asks for its program: leaving while it loads would be an error of the browser's own.
    const blocked = page.waitForEvent("requestfailed", (request) => request.url().endsWith(".wasm"));
    await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
    await expect(page.locator("body")).toContainText("Swap them");
    await blocked;
    await page.goto(server.address);
    await expectDivision(page, "web", "Web");
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "ytd");
  });

  test("the person logs out", async ({ page, server }) => {
    await page.getByRole("button", { name: "Log out" }).click();
    await expect(page).toHaveURL(`${server.address}/login`);
    await page.goto(server.address);
    await expect(page.getByLabel("E-mail")).toBeVisible();
  });
});

test.describe("with WASM that is very late", () => {
  test("clicks on division and period before it are taken over, the last one of each", async ({ page, server }) => {
    await logIn(page, server.address);
    const release = await holdProgram(page);
    await page.goto(server.address);
    await choose(page, "Web");
    await choose(page, "Mobile");
    await page.getByLabel("Period").selectOption("2025");
    await notHydrated(page);
    expect(row(server.database)).toBeUndefined();
    release();
    await hydrated(page);
    await expectDivision(page, "mobile", "Mobile");
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    await saved(page);
    await saved(page, "period");
    expect(row(server.database)).toEqual({ value: "mobile", revision: 1 });
    expect(row(server.database, "period")).toEqual({ value: "2025", revision: 1 });
  });

  test("a form that is applied before it stores, and the next page takes over where that left off", async ({ page, server }) => {
    await logIn(page, server.address);
    const release = await holdProgram(page);
    await page.goto(`${server.address}/projects`);
    await choose(page, "Design");
    await apply(page, "division");
    await expectDivision(page, "design", "Design");
    await notHydrated(page);
    expect(row(server.database)).toEqual({ value: "design", revision: 1 });
    release();
    await hydrated(page);
    await expectDivision(page, "design", "Design");
    await saved(page);
    expect(row(server.database)).toEqual({ value: "design", revision: 1 });
  });

  test("a click in a pinned window changes only its address", async ({ page, server }) => {
    await logIn(page, server.address);
    const release = await holdProgram(page);
    await page.goto(`${server.address}/costs?division=web`);
    await choose(page, "Design");
    await notHydrated(page);
    release();
    await hydrated(page);
    await expect(page).toHaveURL(`${server.address}/costs?division=design`);
    await expectDivision(page, "design", "Design");
    expect(row(server.database)).toBeUndefined();
  });

  test("a choice that was made elsewhere meanwhile is followed, not overwritten", async ({ page, server, elsewhere }) => {
    await logIn(page, server.address);
    const release = await holdProgram(page);
    await page.goto(server.address);
    await expectDivision(page, "all", "All");
    const other = await elsewhere();
    await choose(other, "Web");
    await saved(other);
    release();
    await hydrated(page);
    await expectDivision(page, "web", "Web");
    expect(row(server.database)).toEqual({ value: "web", revision: 1 });
  });

  test("a click on a link before it leads on, and the click on the division before that is not forgotten", async ({ page, server }) => {
    await logIn(page, server.address);
    await holdProgram(page);
    await page.goto(server.address);
    await choose(page, "Mobile");
    await page.getByRole("link", { name: "Costs" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
    await expectDivision(page, "mobile", "Mobile");
  });
});
