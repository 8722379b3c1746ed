// On paper: whose figures, of which days, printed by whom and when; the total once; all rows of a list, if wanted.
import { choose, controller, expect, expectDivision, hydrated, logIn, test, typeLogin, type Page } from "../studio";

/** What stands on paper: the text that is seen in print. */
const onPaper = (page: Page) =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) if (isSeen(walker.currentNode.parentElement!)) texts.push(walker.currentNode.textContent!);
    return texts.join(" ");
  });

for (const [locale, { bar, printed, views }] of Object.entries({
  "en-GB": { bar: "Log out", printed: /Printed by \S.* on \d{1,2} \w{3} \d{4}/, views: "Costs · Web" },
  "de-DE": { bar: "Abmelden", printed: /Gedruckt von \S.* am \d\d\.\d\d\.\d{4}/, views: "Kosten · Web" },
})) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a sheet says whose figures these are, of which days, who printed them and when", async ({ page, server }) => {
      await logIn(page, server.address);
      await page.goto(`${server.address}/costs?division=web&period=2026-03`);
      await hydrated(page);
      await expect(page.locator(".printed")).toBeHidden();
      await page.emulateMedia({ media: "print" });
      const text = await onPaper(page);
      expect(text).toMatch(printed);
      expect(text).toMatch(/Web · .*2026/);
      for (const gone of [bar, "XLSX", "CSV"]) expect(text).not.toContain(gone);
      await expect(page).toHaveTitle(new RegExp(`^${views}`));
    });
  });
}

test("a table has its head on each sheet, its total once at its end, and no head without rows", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/costs?rows=100&period=2025`);
  await hydrated(page);
  await page.emulateMedia({ media: "print" });
  const style = (selector: string, name: string) =>
    page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
  const bookings = "#table-bookings";
  expect(await style(`${bookings} thead`, "display")).toBe("table-header-group");
  expect(await style(`${bookings} tfoot`, "display"), "a footer group would stand on each sheet").toBe("table-row-group");
  expect(await style(`${bookings} thead`, "break-after")).toBe("avoid");
  expect(await style(`${bookings} thead`, "break-inside")).toBe("avoid");
  expect(await style(`${bookings} tbody tr`, "break-before")).toBe("avoid");
  expect(await style(`${bookings} tfoot`, "break-before")).toBe("avoid");
  expect(await style(".panel > h2", "break-after")).toBe("avoid");
  expect(await style(`${bookings} tbody tr`, "break-inside")).toBe("avoid");
  expect(await style(bookings, "overflow-y")).toBe("visible");
  expect(await style(bookings, "max-height")).toBe("none");
  expect(await style(`.panel:has(${bookings})`, "break-inside"), "a long table is broken").toBe("auto");
});

test("all rows of a list are an address away, with and without the program", async ({ page, server, browser }) => {
  await logIn(page, server.address, controller);
  await page.goto(`${server.address}/costs?period=2026-03`);
  await hydrated(page);
  const total = Number((await page.locator(".pager .range").textContent())!.split(" of ")[1].replace(",", ""));
  expect(total).toBeGreaterThan(50);
  await page.getByLabel("Export: Bookings").click();
  await page.getByRole("link", { name: "Print all rows" }).click();
  await expect(page).toHaveURL(`${server.address}/costs?period=2026-03&rows=all`);
  await expect(page.locator("#table-bookings tbody tr")).toHaveCount(total);
  await expect(page.getByLabel("Page size")).toHaveValue("all");
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await page.getByRole("link", { name: "Back to my choice" }).click();
  await expect(page.locator("#table-bookings tbody tr")).toHaveCount(50);
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: "de-DE" });
  const without = await plain.newPage();
  await without.goto(`${server.address}/costs?rows=all&period=2026-03&division=all`);
  await typeLogin(without);
  await expect(without.locator("#table-bookings tbody tr")).toHaveCount(total);
  await plain.close();
});
