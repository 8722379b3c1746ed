// German and English: by the browser or by choice, in every window, with and without the program.
import { another, expect, expectSilence, hydrated, logIn, saved, silent, test, typeLogin, type Page } from "../studio";
import { row } from "../layers";

const control = (page: Page) => page.locator("form.language select");

/** The whole page speaks `language`, `de` or `en`. */
async function expectLanguage(page: Page, language: string): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  const [title, log_out, division] = language === "de" ? ["Übersicht", "Abmelden", "Bereich"] : ["Home", "Log out", "Division"];
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("button", { name: log_out })).toBeVisible();
  await expect(page.getByRole("group", { name: division })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^${title} · `));
}

test("a window loads afresh in the chosen language, and so do the others and the next device", async ({ page, server }) => {
  silent(page);
  await logIn(page, server.address);
  await hydrated(page);
  await expectLanguage(page, "en");
  const second = await another(page, server, "/");
  await control(page).selectOption({ label: "Deutsch" });
  for (const window of [page, second]) {
    await expectLanguage(window, "de");
    await hydrated(window);
    await saved(window, "language");
    await expect(window.locator(".tile").first()).toContainText(/\d{3},\d\d\s€/);
  }
  expect(row(server.database, "language").value).toBe("de");
  await page.reload();
  await expectLanguage(page, "de");
  await control(page).selectOption({ label: "English" });
  for (const window of [page, second]) await expectLanguage(window, "en");
  expectSilence(page);
});

test.describe("in a German browser", () => {
  test.use({ locale: "de-CH" });

  test("everything is German, with the numbers of its region, before and after the program", async ({ page, server }) => {
    silent(page);
    await page.goto(`${server.address}/login`);
    await expect(page.getByLabel("E-Mail")).toBeVisible();
    await expect(page.getByLabel("Passwort")).toBeVisible();
    await typeLogin(page);
    await hydrated(page);
    await expectLanguage(page, "de");
    await expect(page.locator(".tile").first()).toContainText(/\d’\d{3}\.\d\d\s€/);
    const views = page.getByRole("navigation", { name: "Ansichten" });
    await views.getByRole("link", { name: "Projekte" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projekte");
    await expect(page.getByRole("columnheader", { name: "Budgetverbrauch" })).toBeVisible();
    await views.getByRole("link", { name: "Kosten" }).click();
    await expect(page.getByRole("heading", { name: "Kostenarten" })).toBeVisible();
    await expect(page.locator("#table-bookings tbody tr").first()).toContainText(/\d\d\.\d\d\.\d{4}/);
    expectSilence(page);
  });

  test("what a window says by itself is German", async ({ page, server, context }) => {
    silent(page, [/net::ERR_/]);
    await logIn(page, server.address);
    await hydrated(page);
    const second = await another(page, server, "/");
    silent(second, [/net::ERR_/]);
    await page.getByRole("radio", { name: "Web" }).check();
    await expect(second.locator(".passing .notice")).toContainText("Bereich ist jetzt Web (in einem anderen Fenster geändert).");
    await expect(second.getByRole("button", { name: "Zurück zu „Alle“" })).toBeVisible();
    await page.goto(`${server.address}/?division=mobile`);
    await expect(page.locator(".notice.pinned")).toContainText("Dieses Fenster bleibt bei Mobile.");
    await expect(page.getByRole("button", { name: "Überall verwenden" })).toBeVisible();
    await page.goto(`${server.address}/`);
    await hydrated(page);
    await context.setOffline(true);
    await page.getByRole("radio", { name: "Design" }).check();
    await expect(page.locator(".passing .notice")).toContainText("Sie sind offline.");
    await context.setOffline(false);
    await saved(page, "division");
  });
});

test.describe("without a program", () => {
  test.use({ javaScriptEnabled: false });

  test("the form stores the language, and the next page has it", async ({ page, server }) => {
    await page.goto(`${server.address}/login`);
    await typeLogin(page);
    await expectLanguage(page, "en");
    await control(page).selectOption({ label: "Deutsch" });
    await page.locator("form.language").getByRole("button", { name: "Apply" }).click();
    await expectLanguage(page, "de");
    await page.getByText("Eigener Zeitraum").click();
    await expect(page.locator(".custom").getByRole("button", { name: "Anwenden" })).toBeVisible();
  });
});
