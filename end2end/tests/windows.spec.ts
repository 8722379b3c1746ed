// Windows that are open at the same time, in one browser or in several: they follow each other over a stream.
import { another, choose, expect, expectDivision, expectSilence, followed, hydrated, logIn, saved, silent, test, type Page } from "../studio";
import { goBack, keepsPages } from "../kept";
import { row, sql } from "../layers";

/** The requests of a window's page, in order, and how many of its streams are open. */
function watched(page: Page) {
  const open = new Set<unknown>();
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    asked.push(pathname);
    if (pathname === "/api/live") open.add(request);
  });
  page.on("requestfailed", (request) => open.delete(request));
  page.on("requestfinished", (request) => open.delete(request));
  return { asked, streams: () => open.size };
}

/** Lets a test set whether the window is visible; a browser without a screen never hides one. */
async function canBeHidden(page: Page) {
  await page.addInitScript(() => {
    let hidden = false;
    Object.defineProperty(document, "hidden", { get: () => hidden });
    Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
    Object.assign(window, {
      setHidden(now: boolean) {
        hidden = now;
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      },
    });
  });
  return (now: boolean) => page.evaluate((now) => (window as any).setHidden(now), now);
}

const notice = (page: Page) => page.locator(".passing .notice");

test("a second window follows and undoes", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const second = await another(page, server, "/projects");
  const { asked } = watched(second);
  await choose(page, "Web");
  await expectDivision(second, "web", "Web");
  // The stream told it, and it did not have to ask.
  expect(asked).not.toContain("/api/newest");
  await expect(notice(second)).toContainText("Division is now Web (changed in another window).");
  await expect(notice(page)).toHaveCount(0);
  await notice(second).getByRole("button", { name: "Back to All" }).click();
  await expectDivision(second, "all", "All");
  await saved(second);
  await expect(notice(second)).toHaveCount(0);
  await expectDivision(page, "all", "All");
  await expect(notice(page)).toContainText("Division is now All (changed in another window).");
  expect(row(server.database).value).toBe("all");
});

test("another browser of the same person follows, the period too", async ({ page, server, elsewhere }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const other = await elsewhere();
  await choose(page, "Mobile");
  await expectDivision(other, "mobile", "Mobile");
  await other.getByLabel("Period").selectOption("2025");
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
  await expect(page.getByLabel("Period")).toHaveValue("2025");
  await expect(notice(page)).toContainText("Period is now 2025 (changed in another window).");
  await expectDivision(page, "mobile", "Mobile");
});

test("a window of another person follows nothing of it", async ({ page, server, elsewhere }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const viewer = await elsewhere("viewer@studio.test");
  const second = await another(page, server);
  await choose(page, "Web");
  await expectDivision(second, "web", "Web");
  await expectDivision(viewer, "all", "All");
  await expect(viewer.locator("form.setting.division")).toHaveAttribute("data-revision", "0");
  await expect(notice(viewer)).toHaveCount(0);
});

test("a choice that another program writes into the database is followed", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  sql(server.database, "UPDATE settings SET value = 'design', revision = revision + 1 WHERE user_id = 1 AND key = 'division'");
  await expectDivision(page, "design", "Design");
});

test("new bookings appear in an open window by themselves", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects?q=WEB-001`);
  await hydrated(page);
  sql(server.database, "UPDATE projects SET name = 'Renamed from outside' WHERE code = 'WEB-001'; UPDATE data_revision SET revision = revision + 1");
  await expect(page.locator("#table-projects")).toContainText("Renamed from outside");
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
});

test("a window has one stream over links, toggles and figures", async ({ page, server }) => {
  const { asked, streams } = watched(page);
  await logIn(page, server.address);
  await hydrated(page);
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  expect(streams()).toBe(1);
  expect(asked.filter((path) => path === "/api/live")).toHaveLength(1);
});

test("a hidden window closes its stream and knows the newest first when it is seen again", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const hidden = await page.context().newPage();
  silent(hidden);
  const hide = await canBeHidden(hidden);
  const { asked, streams } = watched(hidden);
  await hidden.goto(server.address);
  await hydrated(hidden);
  await expect.poll(streams).toBe(1);
  await hide(true);
  await expect.poll(streams).toBe(0);
  await choose(page, "Web");
  await saved(page);
  await choose(page, "Design");
  await saved(page);
  await expectDivision(page, "design", "Design");
  await expectDivision(hidden, "all", "All");
  expect(streams()).toBe(0);
  asked.length = 0;
  await hide(false);
  await expectDivision(hidden, "design", "Design");
  expect(asked[0]).toMatch(/^\/api\/(live|newest)$/);
  await expect(notice(hidden)).toContainText("Division is now Design");
  await expect.poll(streams).toBe(1);
  await notice(hidden).getByRole("button", { name: "Back to All" }).click();
  await expectDivision(page, "all", "All");
});

test("a window that was opened in the background follows once it is seen", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const behind = await page.context().newPage();
  silent(behind);
  const hide = await canBeHidden(behind);
  const { streams } = watched(behind);
  await behind.addInitScript(() => (window as any).setHidden(true));
  await behind.goto(server.address);
  await hydrated(behind);
  await choose(page, "Mobile");
  await saved(page);
  expect(streams()).toBe(0);
  await hide(false);
  await expectDivision(behind, "mobile", "Mobile");
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`a server that stops under open windows (${signal}) is followed again when it is back`, async ({ page, server }) => {
    silent(page, [/net::ERR_/]);
    const { asked, streams } = watched(page);
    await logIn(page, server.address);
    await hydrated(page);
    await choose(page, "Web");
    await saved(page);
    await expect.poll(streams).toBe(1);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    // It ends although the stream is open; the drain would wait for answers that are not finished.
    await server.stop(signal);
    await expect.poll(streams).toBe(0);
    sql(server.database, "UPDATE settings SET value = 'mobile', revision = revision + 1 WHERE user_id = 1 AND key = 'division'");
    asked.length = 0;
    await server.run();
    await expectDivision(page, "mobile", "Mobile");
    await expect(notice(page)).toContainText("Division is now Mobile");
    expect(asked[0]).toMatch(/^\/api\/(live|newest)$/);
    await expect.poll(streams).toBe(1);
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  });
}

test("a browser that was offline takes what it missed when it is online again", async ({ page, server, elsewhere }) => {
  silent(page, [/net::ERR_/]);
  await logIn(page, server.address);
  await hydrated(page);
  const other = await elsewhere();
  await page.context().setOffline(true);
  await choose(other, "Web");
  await saved(other);
  await choose(other, "Mobile");
  await saved(other);
  await page.context().setOffline(false);
  await expectDivision(page, "mobile", "Mobile");
  await expect(notice(page)).toContainText("Division is now Mobile");
});

test("a stream that was lost silently is no reason to show what is old", async ({ page, server, elsewhere }) => {
  // The stream is answered but never sends anything: figures still bring the current state along.
  await page.route("**/api/live", () => {});
  await logIn(page, server.address);
  await hydrated(page);
  const other = await elsewhere();
  await choose(other, "Web");
  await saved(other);
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  await expectDivision(page, "web", "Web");
});

test("a page out of the back/forward cache shows the newest, and nothing before it knows that", { tag: "@chromium" }, async ({ server }) => {
  const { page, address, end } = await keepsPages(server);
  // The browser requests an icon for the plain text that it navigates to.
  silent(page, [/status of 404/]);
  await logIn(page, address);
  await hydrated(page);
  await expectDivision(page, "all", "All");
  const second = await page.context().newPage();
  silent(second);
  await second.goto(address);
  await hydrated(second);
  await page.goto(`${address}/robots.txt`);
  await choose(second, "Web");
  await saved(second);
  await goBack(page);
  await expectDivision(page, "web", "Web");
  expect(await page.evaluate(() => (window as any).shownAgain)).toEqual({ persisted: true, visibility: "hidden", division: "all" });
  await expect(page.locator(".app")).toBeVisible();
  await expect(notice(page)).toContainText("Division is now Web");
  await choose(second, "Design");
  await expectDivision(page, "design", "Design");
  expectSilence(page);
  expectSilence(second);
  await end();
});

test("whose account goes away is led to the login in every window", async ({ page, server }) => {
  silent(page, [/status of 401/]);
  const follows = followed(page);
  await logIn(page, server.address);
  await hydrated(page);
  await follows;
  const second = await another(page, server, "/costs");
  silent(second, [/status of 401/]);
  sql(server.database, "DELETE FROM users WHERE id = 1");
  for (const window of [page, second]) {
    await expect(window).toHaveURL(/\/login/);
    await expect(window.getByLabel("E-mail")).toBeVisible();
  }
});

/**
 * Counts the beats that reach the page's program, and reports how its figures look in the frame after its session has
 * ended.
 */
async function listens(page: Page) {
  const afterTheEnd: string[] = [];
  await page.exposeFunction("tellLook", (look: string) => afterTheEnd.push(look));
  await page.addInitScript(() => {
    const heard = Object.assign(window, { beats: 0 }) as unknown as { beats: number; tellLook(look: string): void };
    const Source = window.EventSource;
    window.EventSource = class extends Source {
      constructor(address: string | URL, options?: EventSourceInit) {
        super(address, options);
        this.addEventListener("beat", () => heard.beats++);
        this.addEventListener("ended", () =>
          requestAnimationFrame(() => heard.tellLook(getComputedStyle(document.querySelector(".app")!).visibility)),
        );
      }
    };
  });
  return { beats: () => page.evaluate(() => (window as any).beats as number), afterTheEnd };
}

test.describe("with a server whose heart beats each second", () => {
  test.use({ heartbeat: 1 });

  test("a window that hears beats keeps one stream", async ({ page, server }) => {
    const { beats } = await listens(page);
    const { asked, streams } = watched(page);
    await logIn(page, server.address);
    await hydrated(page);
    // One each second, and without them a window gives a stream up after 45 seconds.
    await expect.poll(beats, { timeout: 100_000 }).toBeGreaterThan(50);
    expect(streams()).toBe(1);
    expect(asked.filter((path) => path === "/api/live")).toHaveLength(1);
  });
});

test("a window whose session is ended shows nothing from the next frame on, and then the login", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const second = await page.context().newPage();
  silent(second, [/status of 401/]);
  const { afterTheEnd } = await listens(second);
  const { asked } = watched(second);
  const follows = followed(second);
  await second.goto(`${server.address}/costs`);
  await hydrated(second);
  await follows;
  asked.length = 0;
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(second.getByLabel("E-mail")).toBeVisible();
  expect(afterTheEnd).toEqual(["hidden"]);
  // It asked who is logged in now, and did not try the stream again.
  const asks = asked.filter((path) => path === "/api/newest" || path === "/api/live");
  expect(asks).toEqual(["/api/newest"]);
});
