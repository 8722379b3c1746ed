// A debug build complains in the browser's console if a signal is read where nobody would notice its changes. Each such
// place is a text that may stay old, or a read that should be marked as untracked. `make watch-check` has built it.
import { another, choose, expect, expectDivision, hydrated, logIn, saved, Server, test as base, type Page } from "../studio";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const target = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "target");

const test = base.extend({
  server: async ({}, use) => {
    const server = await Server.start(undefined, join(target, "debug/control-maniac"), ["--site", join(target, "site-of-watch")]);
    await use(server);
    await server.end();
  },
});

/** Chooses a division, a usual period and a custom one. */
async function useFilters(page: Page): Promise<void> {
  for (const [slug, name] of [["web", "Web"], ["all", "All"]]) {
    await choose(page, name);
    await expectDivision(page, slug, name);
    await saved(page);
  }
  const main = page.getByRole("main");
  const period = page.getByLabel("Period");
  const usual = await period.locator("option").nth(1).getAttribute("value");
  await period.selectOption(usual);
  await expect(main).toHaveAttribute("data-period", usual!);
  await saved(page, "period");
  await page.getByText("Custom dates").click();
  await page.getByLabel("From").fill("2025-01-15");
  await page.getByLabel("To", { exact: true }).fill("2025-02-14");
  await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
  await expect(main).toHaveAttribute("data-period", "2025-01-15..2025-02-14");
  await saved(page, "period");
}

for (const view of ["/", "/projects", "/costs", "/projects/WEB-001"]) {
  test(`the console is silent at ${view}, whatever is done there`, async ({ page, server }) => {
    await logIn(page, server.address);
    await page.goto(server.address + view);
    await hydrated(page);
    await useFilters(page);
    // Another window chooses: this one follows, and says so.
    const second = await another(page, server, view);
    await choose(second, "Mobile");
    await expectDivision(page, "mobile", "Mobile");
    await page.getByRole("button", { name: "Back to All" }).click();
    await expectDivision(page, "all", "All");
    // A window with its own filter: pinned, adopted, and left again by a link.
    await page.goto(`${server.address}${view}?division=design&period=2025`);
    await hydrated(page);
    await useFilters(page);
    const elsewhere = view === "/costs" ? "Home" : "Costs";
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: elsewhere }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(elsewhere);
    await page.goBack();
    await page.getByRole("button", { name: "Use everywhere" }).click();
    await hydrated(page);
    await expectDivision(page, "all", "All");
  });
}
