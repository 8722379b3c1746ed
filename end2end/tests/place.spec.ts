// What a page keeps for its reader: its place, what a window is called, what is said, and that nothing covers figures.
import { another, choose, expect, expectDivision, hydrated, logIn, saved, silent, test, typeLogin, type Page } from "../studio";
import { sql } from "../layers";

const announced = (page: Page) => page.locator("#announcer");
const main = (page: Page) => page.getByRole("main");
const top = (page: Page) => page.evaluate(() => Math.round(scrollY));
const passing = (page: Page) => page.locator(".passing .notice");

/** Collects what the live region says from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.getElementById("announcer")!;
    new MutationObserver(() => said.push(region.textContent!)).observe(region, { childList: true });
  });
  return () => page.evaluate(() => (window as any).said);
}

test("the window's title names page, division and period, with the figures", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/costs?period=2026-03`);
  await hydrated(page);
  await expect(page).toHaveTitle("Costs · All · Mar 2026 · ControlManiac");
  // At every moment it is that of the figures.
  await page.evaluate(() => {
    const wrong: string[] = [];
    Object.assign(window, { wrong });
    new MutationObserver(() => {
      const scope = document.querySelector(".scope")!.textContent!.split(" · ");
      if (!document.title.includes(`· ${scope[0]} · ${scope[1]} ·`)) wrong.push(`${document.title} over ${scope}`);
    }).observe(document.documentElement, { childList: true, subtree: true });
  });
  for (const [name, slug] of [["Web", "web"], ["Mobile", "mobile"], ["All", "all"]]) {
    await choose(page, name);
    await expect(page).toHaveTitle(`Costs · ${name} · Mar 2026 · ControlManiac`);
    await expectDivision(page, slug, name);
  }
  await page.getByLabel("Period").selectOption("2025-q4");
  await expect(page).toHaveTitle("Costs · All · Q4 2025 · ControlManiac");
  await page.getByRole("link", { name: "Projects" }).first().click();
  await expect(page).toHaveTitle("Projects · All · Q4 2025 · ControlManiac");
  expect(await page.evaluate(() => (window as any).wrong)).toEqual([]);
});

test("new figures are announced, once for each change, and not on load", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/?period=2025`);
  await hydrated(page);
  await expect(announced(page)).toHaveText("");
  await expect(announced(page)).toHaveAttribute("aria-live", "polite");
  const said = await listen(page);
  await choose(page, "Web");
  await expect(announced(page)).toHaveText("Home · Web · 2025");
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(announced(page)).toHaveText("Costs · Web · 2025");
  await page.getByLabel("Period").selectOption("2026-03");
  await expect(announced(page)).toHaveText("Costs · Web · Mar 2026");
  await expect(main(page)).toHaveAttribute("aria-busy", "false");
  sql(server.database, "UPDATE data_revision SET revision = revision + 1");
  await choose(page, "All");
  await expect(announced(page)).toHaveText("Costs · All · Mar 2026");
  expect(await said()).toEqual(["Home · Web · 2025", "Costs · Web · 2025", "Costs · Web · Mar 2026", "Costs · All · Mar 2026"]);
});

test("sorting leaves the page and its table where they are", async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 500 });
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  const table = page.locator("#table-projects");
  const revenue = page.getByRole("link", { name: "Revenue", exact: true });
  await page.evaluate(() => scrollTo(0, 120));
  await revenue.evaluate((link) => link.closest(".table")!.scrollTo(400, 0));
  const [y, x] = [await top(page), await table.evaluate((table) => table.scrollLeft)];
  expect(y).toBeGreaterThan(50);
  expect(x).toBeGreaterThan(200);
  await revenue.evaluate((link: HTMLElement) => link.click());
  await expect(page.locator("th[aria-sort]")).toHaveText("Revenue");
  expect([await top(page), await table.evaluate((table) => table.scrollLeft)]).toEqual([y, x]);
  // Other figures of the same table are seen at the same place.
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  expect([await top(page), await table.evaluate((table) => table.scrollLeft)]).toEqual([y, x]);
});

test("Back and a reload come to the place where one was, in the page and in its tables", async ({ page, server }) => {
  // The browser asks for an icon of the plain text that it is led to.
  silent(page, [/status of 404/]);
  await page.setViewportSize({ width: 390, height: 500 });
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  const place = () => page.evaluate(() => [Math.round(scrollY), document.getElementById("table-projects")?.scrollLeft]);
  await page.evaluate(() => {
    scrollTo(0, 700);
    document.getElementById("table-projects")!.scrollTo(300, 0);
  });
  const before = await place();
  expect(before[0]).toBeGreaterThan(500);
  expect(before[1]!).toBeGreaterThan(200);
  await page.locator("#table-projects tbody a").nth(60).evaluate((link: HTMLElement) => link.click());
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Projects");
  await expect(main(page)).toHaveAttribute("aria-busy", "false");
  expect(await top(page)).toBe(0);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projects");
  await expect.poll(place).toEqual(before);
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Projects");
  await expect.poll(() => top(page)).toBe(0);
  await page.goBack();
  await expect.poll(place).toEqual(before);
  await page.reload();
  await hydrated(page);
  await expect.poll(place).toEqual(before);
  // From another document as well, where nothing is kept of this one.
  await page.goto(`${server.address}/robots.txt`);
  await page.goBack();
  await hydrated(page);
  await expect.poll(place).toEqual(before);
});

for (const { width, slim } of [{ width: 390, slim: 56 }, { width: 800, slim: 56 }, { width: 1280, slim: 80 }]) {
  test(`the division stays in sight at ${width} pixels, in a slim row`, async ({ page, server }) => {
    await page.setViewportSize({ width, height: 800 });
    await logIn(page, server.address);
    await page.goto(`${server.address}/costs`);
    await hydrated(page);
    await choose(page, "Design");
    await expectDivision(page, "design", "Design");
    await page.evaluate(() => scrollTo(0, 900));
    const toggle = page.locator("form.division");
    await expect(toggle).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("radio", { name: "Design" })).toBeInViewport({ ratio: 1 });
    // How much of the screen's height is no figures.
    const covered = await page.evaluate(() => {
      let y = 0;
      while (!document.elementFromPoint(innerWidth / 2, y)?.closest("main")) y++;
      return y;
    });
    expect(covered).toBeGreaterThan(20);
    expect(covered).toBeLessThanOrEqual(slim);
    await page.screenshot({ path: `end2end/results/screens/sticky-${width}.png` });
    await choose(page, "Web");
    await expectDivision(page, "web", "Web");
  });
}

test("a message about another window says where it leads back to, and covers no figure", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/costs`);
  await hydrated(page);
  const second = await another(page, server, "/");
  const covers = () =>
    page.evaluate(() => {
      const message = document.querySelector(".passing .notice")!.getBoundingClientRect();
      const cells = [...document.querySelectorAll(".figures :is(td, th, .value, svg, .scope)")].map((cell) => cell.getBoundingClientRect());
      return cells.filter((cell) => cell.width && cell.left < message.right && cell.right > message.left && cell.top < message.bottom - 1 && cell.bottom > message.top).length;
    });
  await choose(second, "Web");
  await expect(passing(page)).toContainText("Division is now Web (changed in another window).");
  await expect(passing(page).getByRole("button", { name: "Back to All" })).toBeVisible();
  await expectDivision(page, "web", "Web");
  expect(await covers()).toBe(0);
  await page.screenshot({ path: "end2end/results/screens/message.png" });
  // A total at the page's end is in sight as before.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await choose(second, "Design");
  await expectDivision(page, "design", "Design");
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const total = page.locator("#table-bookings tfoot td").last();
  await total.scrollIntoViewIfNeeded();
  const isSeen = await total.evaluate((cell) => {
    const { left, top, width, height } = cell.getBoundingClientRect();
    return cell.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isSeen).toBe(true);
  await passing(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(passing(page)).toHaveCount(0);
  await expectDivision(page, "design", "Design");
});

test("such a message goes by itself after two minutes, unless somebody is at it", async ({ page, server }) => {
  await page.clock.install();
  await logIn(page, server.address);
  await hydrated(page);
  const second = await another(page, server, "/");
  await choose(second, "Web");
  await expect(passing(page)).toContainText("Division is now Web");
  await page.clock.runFor(110_000);
  await expect(passing(page)).toHaveCount(1);
  // A newer message has its own time.
  await choose(second, "Design");
  await expect(passing(page)).toContainText("Division is now Design");
  await page.clock.runFor(110_000);
  await expect(passing(page)).toHaveCount(1);
  await passing(page).hover();
  await page.clock.runFor(130_000);
  await expect(passing(page)).toHaveCount(1);
  await page.mouse.move(5, 790);
  await page.getByRole("button", { name: "Back to Web" }).focus();
  await page.clock.runFor(250_000);
  await expect(passing(page)).toHaveCount(1);
  await page.getByRole("radio", { name: "Design" }).focus();
  await page.clock.runFor(130_000);
  await expect(passing(page)).toHaveCount(0);
  await expectDivision(page, "design", "Design");
});

test("offline, nothing says that figures are missing that are there", async ({ page, server, context }) => {
  silent(page, [/net::ERR_/, /Failed to load resource/]);
  await logIn(page, server.address);
  await page.goto(`${server.address}/costs`);
  await hydrated(page);
  await page.route("**/api/figures*", (route) => route.abort());
  await context.setOffline(true);
  await page.getByRole("link", { name: "Home" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The figures could not be loaded. Those below are from before.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  // Those that are there are what is wanted: nothing is missing.
  await page.goBack();
  await expect(main(page)).toHaveAttribute("aria-busy", "false");
  await expect(alert).toHaveCount(0);
  await page.unroute("**/api/figures*");
  await context.setOffline(false);
});

test("the link to a view is copied, with its days and its division", async ({ page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await page.goto(`${server.address}/projects?sort=revenue&q=WEB`);
  await hydrated(page);
  const link = page.locator("#copy-link");
  await expect(link).toHaveText("Copy link to this view");
  await link.click();
  await expect(link).toHaveText("Link copied");
  await expect(announced(page)).toHaveText("Link copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(new RegExp(`^${server.address}/projects\\?sort=revenue&q=WEB&comparison=before&division=web&period=\\d{4}-01-01\\.\\.\\d{4}-\\d\\d-\\d\\d$|^${server.address}/projects\\?q=WEB&sort=revenue&comparison=before&division=web&period=.*$`));
  await expect(page).toHaveURL(`${server.address}/projects?sort=revenue&q=WEB`);
  await choose(page, "Mobile");
  await expectDivision(page, "mobile", "Mobile");
  await page.goto(copied);
  await expectDivision(page, "web", "Web");
  await expect(page.locator(".notice.pinned")).toContainText("This window stays on Web");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, locale: "de-DE" });

  test("the link to a view leads there, and wrong days come back as they were typed", async ({ page, server }) => {
    silent(page, [/status of 400/]);
    await page.goto(`${server.address}/costs`);
    await typeLogin(page);
    await expect(page).toHaveTitle(/^Kosten · Alle · Lfd\. Jahr \d{4} · ControlManiac$/);
    await page.getByText("Eigener Zeitraum").click();
    await page.getByLabel("Von").fill("2026-05-01");
    await page.getByLabel("Bis").fill("2026-03-15");
    await page.locator(".custom").getByRole("button", { name: "Anwenden" }).click();
    await expect(page.locator(".custom [role=alert]")).toContainText("Tauschen Sie die beiden.");
    await expect(page.getByLabel("Von")).toHaveValue("2026-05-01");
    await expect(page.getByLabel("Bis")).toHaveValue("2026-03-15");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kosten");
    await page.getByLabel("Von").fill("2026-03-01");
    await page.locator(".custom").getByRole("button", { name: "Anwenden" }).click();
    await expect(page).toHaveURL(`${server.address}/costs`);
    await expect(main(page)).toHaveAttribute("data-period", "2026-03-01..2026-03-15");
    await page.getByRole("link", { name: "Link zu dieser Ansicht kopieren" }).click();
    await expect(page).toHaveURL(`${server.address}/costs?comparison=before&division=all&period=2026-03-01..2026-03-15`);
  });
});

test("wrong days that were sent before the program came stay typed when it takes over", async ({ page, server }) => {
  silent(page, [/status of 400/]);
  await logIn(page, server.address);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await page.goto(`${server.address}/costs`);
  await page.getByText("Custom dates").click();
  await page.getByLabel("From").fill("2026-05-01");
  await page.getByLabel("To", { exact: true }).fill("2026-03-15");
  await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
  await expect(page.locator(".custom [role=alert]")).toContainText("Swap them");
  release();
  await hydrated(page);
  await expect(page).toHaveURL(`${server.address}/costs`);
  await expect(page.getByLabel("From")).toHaveValue("2026-05-01");
  await expect(page.locator(".custom [role=alert]")).toContainText("Swap them");
  await page.getByLabel("From").fill("2026-03-01");
  await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
  await expect(main(page)).toHaveAttribute("data-period", "2026-03-01..2026-03-15");
  await expect(page.getByLabel("From")).toBeHidden();
});
