// Taking figures along: the links of a table, with and without the program, and cells that are copied.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { choose, expect, expectDivision, hydrated, logIn, test } from "../studio";

/** Opens the menu called `menu` and downloads what its link called `link` leads to. */
async function download(page: Page, menu: string, link: string) {
  await page.getByLabel(menu, { exact: true }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: link }).filter({ visible: true }).click();
  const file = await downloading;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("a table is taken along as it is shown, and the page stays", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await page.goto(`${server.address}/costs?period=2026-03`);
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const csv = await download(page, "Export: Bookings", "CSV with ; and decimal comma");
  expect(csv.name).toMatch(/^costs-bookings-web-2026-03-made-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.bytes.toString("utf8").trimEnd().split("\r\n");
  expect(lines[0]).toBe("\u{feff}Day;Category;Text;Supplier;Project;Division;Amount");
  const shown = await page.locator(".pager .range").textContent();
  expect(lines.length - 1).toBe(Number(shown!.split(" of ")[1].replace(",", "")));
  const cents = lines.slice(1).map((line) => Number(line.split(";").at(-1)!.replace(",", "")));
  const total = await page.locator("#table-bookings tfoot td").last().textContent();
  expect(cents.reduce((sum, amount) => sum + amount, 0)).toBe(Number(total!.replace(/[€,.]/g, "")));
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  const workbook = await download(page, "Export the whole page", "Excel (XLSX)");
  expect(workbook.name).toMatch(/^costs-web-2026-03-made-.*\.xlsx$/);
  expect(workbook.bytes.subarray(0, 2).toString()).toBe("PK");
  // The program goes on: other figures, and the links are theirs.
  await choose(page, "Mobile");
  await expectDivision(page, "mobile", "Mobile");
  await expect(page.locator(".export a").first()).toHaveAttribute("href", /division=mobile/);
});

test("by the keyboard, and without JavaScript", async ({ page, server, browser }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  await page.getByLabel("Export: Projects").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Excel (XLSX)" }).filter({ visible: true })).toBeFocused();
  const downloading = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await downloading).suggestedFilename()).toContain("projects-projects-all-");
  const state = await page.context().storageState();
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: state, locale: "de-DE" });
  const withoutProgram = await plain.newPage();
  await withoutProgram.goto(`${server.address}/?division=web&period=2025`);
  const zip = await download(withoutProgram, "Ganze Seite exportieren", "CSV mit ; und Dezimalkomma");
  expect(zip.name).toMatch(/^uebersicht-web-2025-erstellt-.*\.zip$/);
  await plain.close();
});

test("copied cells are numbers and words, as a spreadsheet takes them", async ({ page, server }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await logIn(page, server.address);
  for (const view of ["/?period=2026", "/projects?period=2025&rows=100", "/costs?period=2026"]) {
    await page.goto(server.address + view);
    await hydrated(page);
    for (const table of await page.locator(".table[id]:visible").all()) {
      await table.evaluate((element) => getSelection()!.selectAllChildren(element.querySelector("table")!));
      await page.keyboard.press("ControlOrMeta+c");
      const copied = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const copied = await (await item.getType("text/html")).text();
        // The clipboard has styles of its own, which the page's policy would refuse aloud.
        const html = copied.replace(/ style="[^"]*"/g, "");
        const cells = new DOMParser().parseFromString(html, "text/html").querySelectorAll("tbody td, tbody th, tfoot td");
        return [...cells].map((cell) => cell.textContent!);
      });
      expect(copied.length).toBeGreaterThan(3);
      const figures = copied.filter((text) => /\d/.test(text) && /[€%]|h$/.test(text));
      expect(figures.length).toBeGreaterThan(0);
      for (const text of figures) expect(text).toMatch(/^-?€?[\d,]+(\.\d+)?( %| h)?$/);
      // Neither a dash in the place of a figure nor words for the ear.
      for (const text of copied) expect(text).not.toMatch(/^–|budget$|incomplete|\u00a0/);
    }
  }
});
