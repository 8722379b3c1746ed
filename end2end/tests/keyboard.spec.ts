// By the keyboard alone: single keys and their list, the skip link, and the focus, which is never lost.
import { another, choose, division, expect, expectDivision, hydrated, logIn, saved, test, typeLogin, type Page } from "../studio";
import { row } from "../layers";

const list = (page: Page) => page.getByRole("dialog", { name: "Keys" });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test.describe("single keys", () => {
  test("1 to 9 choose a division, g and a letter lead to a page, / to the search", async ({ page, server }) => {
    await logIn(page, server.address);
    await hydrated(page);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await page.keyboard.press("2");
    await expectDivision(page, "web", "Web");
    await page.keyboard.press("4");
    await expectDivision(page, "design", "Design");
    await page.keyboard.press("1");
    await expectDivision(page, "all", "All");
    for (const [letter, title] of [["p", "Projects"], ["c", "Costs"], ["h", "Home"], ["c", "Costs"]]) {
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      await expect(heading(page)).toHaveText(title);
    }
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await expect(page.getByRole("searchbox")).toHaveValue("");
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  });

  test("in a pinned window they change that window alone", async ({ page, server }) => {
    await logIn(page, server.address);
    await page.goto(`${server.address}/?division=web`);
    await hydrated(page);
    await page.keyboard.press("3");
    await expectDivision(page, "mobile", "Mobile");
    await expect(page).toHaveURL(`${server.address}/?division=mobile`);
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await expect(page).toHaveURL(`${server.address}/projects?division=mobile`);
  });

  test("none is in the way of a field, a list, another key held down or a dialog", async ({ page, server }) => {
    await logIn(page, server.address);
    await page.goto(`${server.address}/projects`);
    await hydrated(page);
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("2gc/?");
    await expect(page.getByRole("searchbox")).toHaveValue("2gc/?");
    await page.getByLabel("Period").focus();
    for (const key of ["g", "c", "?"]) await page.keyboard.press(key);
    await page.getByText("Custom dates").click();
    await page.getByLabel("From").focus();
    await page.keyboard.type("2");
    await page.locator("h1").click();
    for (const key of ["Control+2", "Alt+2", "Meta+2", "Alt+/", "Control+g", "c"]) await page.keyboard.press(key);
    await expect(list(page)).toBeHidden();
    await page.keyboard.press("?");
    await expect(list(page)).toBeVisible();
    for (const key of ["2", "g", "c", "/"]) await page.keyboard.press(key);
    await page.keyboard.press("Escape");
    await expect(list(page)).toBeHidden();
    await expect(heading(page)).toHaveText("Projects");
    await expectDivision(page, "all", "All");
    // A letter that comes late is a letter by itself.
    await page.clock.install();
    await page.keyboard.press("g");
    await page.keyboard.press("x");
    await page.keyboard.press("c");
    await expect(heading(page)).toHaveText("Projects");
  });

  test("? opens their list, which keeps the focus and gives it back", async ({ page, server }) => {
    await logIn(page, server.address);
    await hydrated(page);
    await division(page, "All").focus();
    await page.keyboard.press("?");
    await expect(list(page)).toBeVisible();
    for (const text of ["g then p", "Go to Projects", "1 to 9", "Search on this page"]) await expect(list(page)).toContainText(text);
    const close = list(page).getByRole("button", { name: "Close" });
    await expect(close).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement!.closest("dialog"))).toBe(true);
    await page.keyboard.press("Escape");
    await expect(list(page)).toBeHidden();
    await expect(division(page, "All")).toBeFocused();
    const opener = page.getByRole("button", { name: "Keys" });
    await opener.click();
    await close.click();
    await expect(list(page)).toBeHidden();
    await expect(opener).toBeFocused();
  });

  test("a person can switch them off, in every window and for good", async ({ page, server }) => {
    await logIn(page, server.address);
    await hydrated(page);
    const second = await another(page, server, "/costs");
    await page.getByLabel("Control by single keys").selectOption("off");
    await saved(page, "keys");
    expect(row(server.database, "keys").value).toBe("off");
    await expect(second.getByLabel("Control by single keys")).toHaveValue("off");
    await page.reload();
    await hydrated(page);
    for (const window of [page, second]) {
      await window.locator("h1").click();
      for (const key of ["2", "?", "/", "g", "p"]) await window.keyboard.press(key);
      await expect(list(window)).toBeHidden();
      await expectDivision(window, "all", "All");
    }
    await expect(heading(second)).toHaveText("Costs");
    await page.getByLabel("Control by single keys").selectOption("on");
    await saved(page, "keys");
    await page.locator("h1").click();
    await page.keyboard.press("2");
    await expectDivision(page, "web", "Web");
  });

  test.describe("in a German browser", () => {
    test.use({ locale: "de-DE" });

    test("their list is German", async ({ page, server }) => {
      await logIn(page, server.address);
      await hydrated(page);
      await page.keyboard.press("?");
      const keys = page.getByRole("dialog", { name: "Tasten" });
      for (const text of ["g dann p", "Gehe zu: Projekte", "Auf dieser Seite suchen"]) await expect(keys).toContainText(text);
      await keys.getByRole("button", { name: "Schließen" }).click();
      await expect(keys).toBeHidden();
    });
  });
});

for (const program of [true, false]) {
  test.describe(program ? "with the program" : "without JavaScript", () => {
    test.use({ javaScriptEnabled: program });

    test("the skip link leads to the figures", async ({ page, server }) => {
      await page.goto(`${server.address}/costs`);
      await typeLogin(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
      if (program) await hydrated(page);
      // Playwright calls nothing focused in a page without scripts.
      const focused = () => page.evaluate(() => document.activeElement!.id || document.activeElement!.className);
      await page.keyboard.press("Tab");
      expect(await focused()).toBe("skip");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await expect.poll(focused).toBe("search");
    });
  });
}

test("arrow keys on the toggle leave a scrolled page where it is", async ({ page, server }) => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    await logIn(page, server.address);
    await page.goto(`${server.address}/costs`);
    await hydrated(page);
    await division(page, "All").focus();
    await page.evaluate(() => scrollTo(0, 900));
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(500);
    for (const [key, slug, name] of [["ArrowRight", "web", "Web"], ["ArrowRight", "mobile", "Mobile"], ["ArrowLeft", "web", "Web"], ["ArrowLeft", "all", "All"]]) {
      await page.keyboard.press(key);
      // As they are shown, and without waiting: the browser scrolls as it moves the focus.
      expect(await page.evaluate(() => scrollY), `${width}: ${name}`).toBe(before);
      await expectDivision(page, slug, name);
    }
    await saved(page);
    await page.context().clearCookies();
  }
});

test("the focus is never lost: after a message, other days, Escape, and a link", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const second = await another(page, server, "/");
  await choose(second, "Web");
  await saved(second);
  await expectDivision(page, "web", "Web");
  await page.getByRole("button", { name: "Back to All" }).focus();
  await page.keyboard.press("Enter");
  await expectDivision(page, "all", "All");
  await expect(division(page, "All")).toBeFocused();
  await choose(second, "Mobile");
  await page.getByRole("button", { name: "Dismiss" }).focus();
  await page.keyboard.press("Enter");
  await expect(division(page, "Mobile")).toBeFocused();

  const custom = page.locator(".custom summary");
  await custom.focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("From").focus();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("From")).toBeHidden();
  await expect(custom).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByLabel("From").fill("2026-03-01");
  await page.getByLabel("To", { exact: true }).fill("2026-03-15");
  await page.getByLabel("To", { exact: true }).press("Enter");
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "2026-03-01..2026-03-15");
  await expect(page.getByLabel("From")).toBeHidden();
  await expect(custom).toBeFocused();

  const menu = page.locator("#export-");
  await menu.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();

  await page.locator(".tile a").first().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/figures\//);
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
  await expect(page.getByRole("main")).toBeFocused();
});
