// Logging out, and another person in the same browser: nothing of the last person's choice is left in any place.
import { another, choose, controller, expect, expectDivision, expectSilence, followed, hydrated, logIn, saved, silent, test, typeLogin, webLead, type Page, type Server } from "../studio";
import { goBack, keepsPages } from "../kept";
import { row, sessionCopies, sql } from "../layers";

/** Nobody's figures, names or choices are left in the page. */
async function showsNobody(page: Page) {
  await expect(page.getByLabel("E-mail")).toBeVisible();
  expect(await page.content()).not.toMatch(/€|data-division|MOB-\d|WEB-\d|Mobile/);
}

async function logOut(page: Page) {
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login$/);
}

/** The server's data that the browser keeps: storage, caches, and cookies that a script can read. */
const keeps = (page: Page) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookies: document.cookie,
    caches: await caches?.keys(),
    databases: (await indexedDB.databases()).length,
    history: history.state,
  }));

const sessions = (server: Server) => sql(server.database, "SELECT id, user_id, record FROM sessions");

test("a logout ends every window of the browser, and leaves nothing behind", async ({ page, server }) => {
  silent(page, [/status of 401/]);
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  const second = await another(page, server, "/costs?division=mobile");
  silent(second, [/status of 401/]);
  await choose(page, "Mobile");
  await saved(page);
  await logOut(page);
  await expect(second).toHaveURL(/\/login/);
  for (const window of [page, second]) {
    await showsNobody(window);
    expect(await keeps(window)).toEqual({ local: {}, session: {}, cookies: "", caches: [], databases: 0, history: null });
    await window.goBack();
    await showsNobody(window);
  }
  expect(sessions(server)).toEqual([]);
  // The choice itself is the person's, and there again after the next login.
  expect(row(server.database).value).toBe("mobile");
  await logIn(page, server.address);
  await expectDivision(page, "mobile", "Mobile");
});

test("a logout in another browser ends nothing here", async ({ page, server, elsewhere }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const other = await elsewhere();
  await logOut(other);
  await choose(page, "Web");
  await saved(page);
  await expectDivision(page, "web", "Web");
});

test("another person logs in after a logout and finds their own choice", async ({ page, server, elsewhere }) => {
  const viewer = await elsewhere("viewer@studio.test");
  await choose(viewer, "Design");
  await saved(viewer);
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Mobile");
  await saved(page);
  await page.getByLabel("Period").selectOption("2025");
  await saved(page, "period");
  await logOut(page);
  await logIn(page, server.address, "viewer@studio.test");
  await hydrated(page);
  await expectDivision(page, "design", "Design");
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "ytd");
  await expect(page.locator(".passing .notice")).toHaveCount(0);
  for (const { user_id, record } of sessions(server)) {
    expect(user_id).toBe(3);
    expect(String(record)).not.toMatch(/mobile|2025/);
  }
  expect(sessionCopies(server.database, "division", 1)).toEqual([]);
  await choose(page, "Web");
  await saved(page);
  expect(row(server.database).value).toBe("mobile");
  await expectDivision(viewer, "web", "Web");
});

test("another person logs in over an open window, which becomes theirs", async ({ page, server }) => {
  silent(page, [/status of 401/]);
  const login = await page.context().newPage();
  silent(login);
  await login.goto(`${server.address}/login`);
  const follows = followed(page);
  await logIn(page, server.address);
  await hydrated(page);
  await follows;
  await choose(page, "Mobile");
  await saved(page);
  await expectDivision(page, "mobile", "Mobile");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await typeLogin(login, webLead);
  await expectDivision(login, "all", "All of yours");
  await page.waitForFunction(() => !("sameDocument" in window));
  await expectDivision(page, "all", "All of yours");
  await hydrated(page);
  await expect(page.locator("form.account")).not.toContainText(await controllersName(server));
  expect(await page.content()).not.toMatch(/MOB-\d|Mobile/);
  expect(sessions(server).map(({ user_id }) => user_id)).toEqual([2]);
  expect(row(server.database).value).toBe("mobile");
});

async function controllersName(server: Server) {
  return String(sql(server.database, `SELECT name FROM users WHERE email = '${controller}'`)[0].name);
}

test("a choice of the last person that is still on its way is not stored for the next one", { tag: "@chromium" }, async ({ page, server }) => {
  silent(page, [/status of 401/]);
  const login = await page.context().newPage();
  silent(login);
  await login.goto(`${server.address}/login`);
  await logIn(page, server.address);
  await hydrated(page);
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  const asked = page.waitForRequest("**/api/setting");
  let answered = (_: number) => {};
  const status = new Promise<number>((done) => (answered = done));
  await page.route("**/api/setting", async (route) => {
    await released;
    const response = await route.fetch();
    answered(response.status());
    // The page that asked may have been led to the login meanwhile.
    await route.fulfill({ response }).catch(() => {});
  });
  await choose(page, "Web");
  await asked;
  await typeLogin(login, "viewer@studio.test");
  await expectDivision(login, "all", "All");
  release();
  expect(await status).toBe(401);
  await login.reload();
  await expectDivision(login, "all", "All");
  expect(row(server.database, "division", 3)).toBeUndefined();
  expect(row(server.database, "division", 1)).toBeUndefined();
});

/** A window with Mobile, in a browser that keeps pages, and a second one beside it. */
async function keptWithMobile(server: Server) {
  const { page, address, end } = await keepsPages(server);
  silent(page, [/status of 40[14]/]);
  await logIn(page, address);
  await page.goto(`${address}/projects`);
  await hydrated(page);
  await choose(page, "Mobile");
  await saved(page);
  await expectDivision(page, "mobile", "Mobile");
  const second = await page.context().newPage();
  silent(second);
  await second.goto(address);
  await hydrated(second);
  return { page, second, address, end };
}

test("going back after a logout shows nothing, also where the browser keeps pages", { tag: "@chromium" }, async ({ server }) => {
  const { page, second, address, end } = await keptWithMobile(server);
  const shown: unknown[] = [];
  await page.exposeFunction("shown", (how: unknown) => shown.push(how));
  await page.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => {
      const look = () => {
        const { visibility } = getComputedStyle(document.querySelector(".app")!);
        (window as any).shown({ persisted, visibility });
        requestAnimationFrame(look);
      };
      look();
    });
  });
  await page.goto(`${address}/robots.txt`);
  await logOut(second);
  await goBack(page);
  await expect(page).toHaveURL(/\/login/);
  await showsNobody(page);
  // Chromium may drop the page it kept; if it does show it, no frame of it is seen.
  expect(shown.filter((how: any) => how.visibility !== "hidden")).toEqual([]);
  expect(shown).toContainEqual({ persisted: true, visibility: "hidden" });
  expectSilence(page);
  await end();
});

test("going back to a kept page after another person has logged in shows theirs", { tag: "@chromium" }, async ({ server }) => {
  const { page, second, address, end } = await keptWithMobile(server);
  await page.goto(`${address}/robots.txt`);
  await logOut(second);
  await typeLogin(second, webLead);
  await expectDivision(second, "all", "All of yours");
  await goBack(page);
  await expectDivision(page, "all", "All of yours");
  await expect(page.locator(".app")).toBeVisible();
  await expect(page.locator(".figures")).toContainText("WEB-001");
  expect(await page.content()).not.toMatch(/MOB-\d|Mobile/);
  expectSilence(page);
  await end();
});
