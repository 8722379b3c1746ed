// A choice without a network, or at the moment when the page is left: it is shown, its state is shown honestly, and it
// is kept.
import { another, choose, division, expect, expectDivision, hydrated, logIn, saveData, saved, silent, test, type Page } from "../studio";
import { delayed } from "../delay";
import { row } from "../layers";

const notice = (page: Page) => page.locator(".passing .notice");
const progress = (page: Page) => expect(page.locator("form.setting.division"));
const stored = (database: string) => expect.poll(() => row(database)?.value ?? "all");

/** Clicks several times without waiting for the page's reaction, and then calls `after`. */
async function clickAtOnce(page: Page, slugs: string[], after: "reload" | "leave" | "nothing" = "nothing") {
  await page.evaluate(
    ([slugs, after]) => {
      for (const slug of slugs) document.querySelector<HTMLInputElement>(`form.division [value=${slug}]`)!.click();
      if (after === "reload") location.reload();
      if (after === "leave") location.assign("/robots.txt");
    },
    [slugs, after] as const,
  );
}

test("a choice while offline waits, says so, and is sent when online again", async ({ page, server, elsewhere }) => {
  silent(page, [/net::ERR_/]);
  await logIn(page, server.address);
  await hydrated(page);
  const other = await elsewhere();
  await page.context().setOffline(true);
  await choose(page, "Web");
  await expect(division(page, "Web")).toBeChecked();
  await progress(page).toHaveAttribute("data-progress", "unsaved");
  await expect(notice(page)).toContainText("You're offline. Your choice will be saved when you reconnect.");
  await choose(page, "Mobile");
  await progress(page).toHaveAttribute("data-progress", "unsaved");
  await expect(division(page, "Mobile")).toBeChecked();
  expect(row(server.database)).toBeUndefined();
  await page.context().setOffline(false);
  await saved(page);
  await expectDivision(page, "mobile", "Mobile");
  await expect(notice(page)).toHaveCount(0);
  // One choice was sent, not two.
  expect(row(server.database)).toEqual({ value: "mobile", revision: 1 });
  await expectDivision(other, "mobile", "Mobile");
});

test("a choice whose request fails goes back with a notice, and is tried again", async ({ page, server }) => {
  silent(page, [/net::ERR_/]);
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Design");
  await saved(page);
  await page.route("**/api/setting", (route) => route.abort("connectionreset"));
  await choose(page, "Web");
  await expect(notice(page)).toContainText("Division was not changed. The server can't be reached.");
  await expectDivision(page, "design", "Design");
  await saved(page);
  await notice(page).getByRole("button", { name: "Try again" }).click();
  await expect(notice(page)).toContainText("Division was not changed.");
  await page.unroute("**/api/setting");
  await notice(page).getByRole("button", { name: "Try again" }).click();
  await saved(page);
  await expectDivision(page, "web", "Web");
  await expect(notice(page)).toHaveCount(0);
  expect(row(server.database)).toEqual({ value: "web", revision: 2 });
});

test("a choice that is refused goes back with the reason", async ({ page, server }) => {
  silent(page, [/status of 503/]);
  await logIn(page, server.address);
  await hydrated(page);
  await page.route("**/api/setting", (route) =>
    route.fulfill({ status: 503, json: { kind: "unavailable", message: "The database rests." } }),
  );
  await page.getByLabel("Period").selectOption("2025");
  await expect(notice(page)).toContainText("Period was not changed. The database rests.");
  await expect(page.getByLabel("Period")).toHaveValue("ytd");
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "ytd");
  await expectDivision(page, "all", "All");
});

test("a choice that was stored although its answer was lost is shown, and no longer called unsaved", { tag: "@chromium" }, async ({ page, server }) => {
  silent(page, [/net::ERR_/]);
  await logIn(page, server.address);
  await hydrated(page);
  await page.route("**/api/setting", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await saved(page);
  await expect(notice(page)).toHaveCount(0);
  expect(row(server.database)).toEqual({ value: "web", revision: 1 });
});

test("the new choice and the request for its figures leave in the frame of the click", async ({ page, server }) => {
  await saveData(page);
  await logIn(page, server.address);
  await hydrated(page);
  await page.route("**/api/setting", () => {});
  const inFrame = await page.evaluate(async () => {
    performance.clearResourceTimings();
    const click = performance.now();
    document.querySelector<HTMLInputElement>("form.division [value=web]")!.click();
    await new Promise((done) => requestAnimationFrame(done));
    // The button itself would be checked without the program too; the bar's colour is the program's work.
    const shown = document.querySelector(".bar.accent-blue form.division [value=web]:checked") !== null;
    const frame = performance.now();
    const figures = await new Promise<PerformanceEntry>((found) => {
      new PerformanceObserver((list) => {
        const entry = list.getEntries().find(({ name }) => name.includes("division=web"));
        if (entry) found(entry);
      }).observe({ type: "resource", buffered: true });
    });
    return { shown, asked: figures.startTime >= click && figures.startTime <= frame };
  });
  expect(inFrame).toEqual({ shown: true, asked: true });
});

test("a window that is closed right after a click has its choice stored", async ({ page, server }) => {
  const slow = await delayed(server.port, 1_000);
  await logIn(page, server.address);
  const closing = await page.context().newPage();
  silent(closing);
  await closing.goto(slow.address);
  await hydrated(closing);
  // Whether a request that is on its way survives depends on chance; with `keepalive` the browser promises that it
  // does.
  await closing.evaluate(() => {
    const { fetch } = window;
    window.fetch = (address, options) => {
      if (address === "/api/setting") Object.assign(window, { outlivesPage: options?.keepalive });
      return fetch(address, options);
    };
  });
  await clickAtOnce(closing, ["web"]);
  expect(await closing.evaluate(() => (window as any).outlivesPage)).toBe(true);
  await closing.close();
  await stored(server.database).toBe("web");
  await expectDivision(page, "web", "Web");
  await slow.end();
});

test("a window that is closed after two quick clicks has the second one stored, whichever arrives first", async ({ page, server }) => {
  const slow = await delayed(server.port, 1_000);
  await logIn(page, server.address);
  await hydrated(page);
  for (const [first, second] of [["web", "mobile"], ["design", "web"]]) {
    const before = row(server.database)?.revision ?? 0;
    const closing = await page.context().newPage();
    silent(closing);
    await closing.goto(slow.address);
    await hydrated(closing);
    await clickAtOnce(closing, [first, second]);
    await closing.close({ runBeforeUnload: true });
    await stored(server.database).toBe(second);
    // The first may have arrived before, never after.
    await expect(page.getByRole("main")).toHaveAttribute("data-division", second);
    expect(row(server.database).revision).toBeLessThanOrEqual(before + 2);
  }
  await slow.end();
});

for (const after of ["reload", "leave"] as const) {
  test(`a click and a ${after} in the same moment: the choice is stored and shown`, async ({ page, server }) => {
    silent(page, [/status of 404/]);
    const slow = await delayed(server.port, 300);
    await logIn(page, slow.address);
    await hydrated(page);
    await clickAtOnce(page, ["design", "mobile"], after);
    await stored(server.database).toBe("mobile");
    if (after === "leave") {
      await page.waitForURL("**/robots.txt");
      await page.goto(slow.address);
    }
    await hydrated(page);
    await expectDivision(page, "mobile", "Mobile");
    const second = await another(page, server);
    await expectDivision(second, "mobile", "Mobile");
    await second.close();
    await page.goto("about:blank");
    await slow.end();
  });
}

test("a choice before a reload that arrives late does not win over one after it", { tag: "@chromium" }, async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  silent(page, [/net::ERR_/]);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  let arrive = (_: number) => {};
  const arrived = new Promise<number>((done) => (arrive = done));
  await page.route("**/api/setting", async (route) => {
    if (!route.request().postData()!.includes("value=web")) return route.continue();
    await held;
    arrive((await route.fetch()).status());
    await route.abort().catch(() => {});
  });
  await choose(page, "Web");
  await page.reload();
  await hydrated(page);
  await expectDivision(page, "all", "All");
  await choose(page, "Mobile");
  await saved(page);
  release();
  expect(await arrived).toBe(200);
  expect(row(server.database).value).toBe("mobile");
  const second = await another(page, server);
  await expectDivision(second, "mobile", "Mobile");
  await expectDivision(page, "mobile", "Mobile");
});

test("a choice that waits behind a slow one is sent when the page is left, and wins", { tag: "@chromium" }, async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const second = await another(page, server);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  let forwarded = () => {};
  const arrived = new Promise<void>((done) => (forwarded = done));
  await page.route("**/api/setting", async (route) => {
    if (!route.request().postData()!.includes("value=web")) return route.continue();
    // The first request is held up on its way and arrives long after the page was left.
    await held;
    await route.fetch();
    forwarded();
    await route.abort().catch(() => {});
  });
  await choose(page, "Web");
  await choose(page, "Mobile");
  silent(page, [/status of 404/, /net::ERR_/]);
  await page.goto(`${server.address}/robots.txt`);
  await stored(server.database).toBe("mobile");
  release();
  await arrived;
  expect(row(server.database).value).toBe("mobile");
  await expectDivision(second, "mobile", "Mobile");
  await page.goto(server.address);
  await expectDivision(page, "mobile", "Mobile");
});
