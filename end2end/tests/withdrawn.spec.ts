// A division that is archived, withdrawn or deleted under open windows: they switch to All at once. No figure of a withdrawn
// or deleted division is ever shown again. An archived one can't be chosen any more, but its history stays.
import { another, choose, division, expect, expectDivision, hydrated, logIn, saved, silent, test, webLead, type Page, type Server } from "../studio";
import { row, sessionCopies, sql } from "../layers";

const WEB = /WEB-\d{3}/;

/** The ways in which Web goes: by its end, or with everything it has handed over to Mobile. */
const archive = "UPDATE divisions SET archived_on = date('now', '-1 day') WHERE slug = 'web'; UPDATE data_revision SET revision = revision + 1";
/** A day that has not come yet in any time zone. */
const archiveSoon = "UPDATE divisions SET archived_on = date('now', '+2 day') WHERE slug = 'web'; UPDATE data_revision SET revision = revision + 1";
const remove =
  ["project_divisions", "person_divisions", "projects", "people", "bookings", "booking_parts"].map((table) => `UPDATE ${table} SET division_id = 2 WHERE division_id = 1; `).join("") +
  "UPDATE projects SET code = replace(code, 'WEB-', 'MOB-W'); DELETE FROM overhead_keys WHERE division_id = 1; " +
  "DELETE FROM divisions WHERE id = 1; UPDATE data_revision SET revision = revision + 1";

/** Hears everything that the server answers a page with from now on, its stream included. */
async function heard(page: Page): Promise<string[]> {
  const said: string[] = [];
  page.on("response", async (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/pkg/") || pathname === "/api/live") return;
    // Answers to a page that was left can't be read any more, and were never shown.
    said.push(await response.text().catch(() => ""));
  });
  await page.exposeFunction("heard", (text: string) => said.push(text));
  await page.evaluate(() => {
    const stream = new EventSource("/api/live");
    stream.addEventListener("newest", ({ data }) => (window as any).heard(data));
  });
  return said;
}

/** The answers that contain something of Web, although they were made after the rights had changed. */
function ofWeb(said: string[], server: Server): string[] {
  const [{ revision }] = sql(server.database, "SELECT revision FROM rights_revision");
  const isSince = (text: string) => Number(/"rights_revision":(\d+)/.exec(text)?.[1] ?? revision) >= Number(revision);
  return said.filter((text) => WEB.test(text) && isSince(text)).map((text) => text.slice(0, 300));
}

/**
 * The traces of Web in any frame after the window has noticed that Web is gone, after a reload too: its segment,
 * figures under its name, and, if `nothing` of it may be left, any of its projects.
 */
async function framesWithWeb(page: Page, nothing = true): Promise<string[]> {
  const seen: string[] = [];
  await page.exposeFunction("sawWeb", (code: string) => seen.push(code));
  const watch = (nothing: boolean) => {
    let noticed = false;
    const look = () => {
      const form = document.querySelector("form.setting.division");
      const isOffered = form?.querySelector("[value=web]") !== null;
      if (noticed && form && isOffered) (window as any).sawWeb("the toggle");
      noticed ||= form !== null && !isOffered;
      if (noticed && document.querySelector(".scope")?.textContent?.startsWith("Web")) (window as any).sawWeb("its name");
      const code = noticed && nothing && /WEB-\d{3}/.exec(document.querySelector(".figures")?.textContent ?? "");
      if (code) (window as any).sawWeb(code[0]);
      requestAnimationFrame(look);
    };
    look();
  };
  await page.addInitScript(watch, nothing);
  await page.evaluate(watch, nothing);
  return seen;
}

/**
 * The window shows All, under the name it has for this user, and says why, Web can no longer be chosen, and every layer
 * has been mended.
 */
async function fellBack(page: Page, server: Server, user = 1, all = "All") {
  await expectDivision(page, "all", all);
  await expect(division(page, "Web")).toHaveCount(0);
  await expect(page.locator(".notices").filter({ hasText: "“web”" })).toContainText(`You see “${all}” now.`);
  await expect.poll(() => row(server.database, "division", user)).toMatchObject({ value: "all" });
  const stored = row(server.database, "division", user);
  await expect(page.locator("form.setting.division")).toHaveAttribute("data-revision", String(stored.revision));
  // Another window's stream may have mended the row, and keeps it in its session next.
  await expect.poll(() => sessionCopies(server.database, "division", user)[0]).toEqual(stored);
}

/** No matter what is asked for now, no answer contains anything of Web. */
async function answersNothing(page: Page, server: Server) {
  for (const path of ["/", "/projects", "/projects?q=WEB", "/costs", "/projects?division=web", "/?division=web"]) {
    expect(await (await page.request.get(server.address + path)).text(), path).not.toMatch(WEB);
  }
  const project = await page.request.get(`${server.address}/projects/WEB-001`);
  expect(project.status()).toBe(404);
  expect(await project.text()).not.toContain("Shop: care and growth");
  const figures = await page.request.get(`${server.address}/api/figures?address=%2Fprojects&division=web&period=ytd`);
  expect(figures.status()).toBe(400);
  expect(await figures.text()).not.toMatch(WEB);
}

/** Asking for Web by its name returns its history. */
async function answersHistory(page: Page, server: Server) {
  for (const path of ["/projects?division=web", "/costs?division=web", "/projects/WEB-001?division=web"]) {
    const answer = await page.request.get(server.address + path);
    expect(answer.status(), path).toBe(200);
    expect(await answer.text(), path).toContain("Web (archived) · ");
  }
  const figures = await page.request.get(`${server.address}/api/figures?address=%2Fprojects&division=web&period=ytd`);
  expect(figures.status()).toBe(200);
  expect(await figures.text()).toMatch(WEB);
}

for (const [how, change] of [["archived", archive], ["deleted", remove]] as const) {
  test(`the division one looks at is ${how}`, async ({ page, server, elsewhere }) => {
    silent(page, [/status of (400|404)/]);
    await logIn(page, server.address);
    await page.goto(`${server.address}/projects`);
    await hydrated(page);
    await page.getByLabel("Period").selectOption("2025");
    await saved(page, "period");
    await choose(page, "Web");
    await saved(page);
    await expectDivision(page, "web", "Web");
    const other = await elsewhere();
    await expectDivision(other, "web", "Web");
    const period = row(server.database, "period");
    const isArchived = how === "archived";
    const said = await heard(page);
    const seen = await framesWithWeb(page, !isArchived);
    sql(server.database, change);
    await expectDivision(page, "all", "All");
    await fellBack(page, server);
    await fellBack(other, server);
    // One bad value resets no other.
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    expect(row(server.database, "period")).toEqual(period);
    await page.getByRole("link", { name: "Costs" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
    await page.getByRole("link", { name: "Projects" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projects");
    await expectDivision(page, "all", "All");
    expect(seen).toEqual([]);
    expect(said.length).toBeGreaterThan(2);
    if (isArchived) {
      await answersHistory(page, server);
    } else {
      expect(ofWeb(said, server)).toEqual([]);
      await answersNothing(page, server);
    }
  });
}

test("a division that will be archived is there until its day", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  const other = await another(page, server);
  const refreshed = other.waitForResponse("**/api/figures*");
  sql(server.database, archiveSoon);
  await (await refreshed).finished();
  for (const window of [page, other]) {
    await expectDivision(window, "web", "Web");
    await expect(window.locator(".notices .notice")).toHaveCount(0);
  }
  await choose(other, "Mobile");
  await saved(other);
  await choose(other, "Web");
  await saved(other);
  await expectDivision(page, "web", "Web");
  expect(row(server.database)).toMatchObject({ value: "web", revision: 3 });
});

test("the division one leads is withdrawn: nothing of it is left", async ({ page, server }) => {
  silent(page, [/status of (400|404)/]);
  await logIn(page, server.address, webLead);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  await expectDivision(page, "web", "Web");
  const said = await heard(page);
  const seen = await framesWithWeb(page);
  sql(server.database, "DELETE FROM user_divisions WHERE user_id = 2");
  await fellBack(page, server, 2, "All of yours");
  await expect(page.locator(".scope")).toContainText("All of yours: none");
  await expect(page.locator(".figures")).not.toContainText(WEB);
  expect(seen).toEqual([]);
  expect(ofWeb(said, server)).toEqual([]);
  await answersNothing(page, server);
});

test("a division that was fetched ahead is deleted in the moment in which one clicks on it", async ({ page, server }) => {
  silent(page, [/status of 400/]);
  await logIn(page, server.address);
  // The click comes after the server's message has arrived and before the program has read it.
  await page.addInitScript(() => {
    const listen = EventSource.prototype.addEventListener;
    EventSource.prototype.addEventListener = function (this: EventSource, name: string, listener: any) {
      listen.call(this, name, (event: Event) => {
        const { data } = event as MessageEvent;
        if (name === "newest" && !data.includes('"slug":"web"')) document.querySelector<HTMLInputElement>("[value=web]")?.click();
        listener(event);
      });
    } as any;
  });
  // Of the divisions that are fetched ahead, Web among them, the last one: an answer still on its way would bring the
  // window the change before the stream does.
  const ahead = page.waitForResponse((response) => {
    const { pathname, searchParams } = new URL(response.url());
    return pathname === "/api/figures" && searchParams.get("address") === "/projects?q=WEB" && searchParams.get("division") === "design";
  });
  await page.goto(`${server.address}/projects?q=WEB`);
  await hydrated(page);
  await (await ahead).finished();
  const clicked = page.waitForRequest("**/api/setting");
  const seen = await framesWithWeb(page);
  sql(server.database, remove);
  await clicked;
  await expectDivision(page, "all", "All");
  await expect(division(page, "Web")).toHaveCount(0);
  await expect(page.locator(".figures")).not.toContainText(WEB);
  expect(seen).toEqual([]);
  expect(row(server.database)).toBeUndefined();
});

for (const [what, text] of [["of All that was asked for again", "all"], ["of Web that was fetched ahead", "web"]]) {
  test(`an answer ${what} before Web was deleted, and that comes afterwards, is not shown`, async ({ page, server }) => {
    let [release, isAsked, isDelivered] = [() => {}, () => {}, () => {}];
    const [released, asked, delivered] = [
      new Promise<void>((done) => (release = done)),
      new Promise<void>((done) => (isAsked = done)),
      new Promise<void>((done) => (isDelivered = done)),
    ];
    let isFirst = true;
    await page.route("**/api/figures*", async (route) => {
      const asksFor = new URL(route.request().url()).searchParams;
      const isMeant = asksFor.get("address") === "/projects" && asksFor.get("division") === text;
      if (!isFirst || !isMeant) return route.continue();
      isFirst = false;
      const response = await route.fetch();
      isAsked();
      await released;
      await route.fulfill({ response });
      isDelivered();
    });
    await logIn(page, server.address);
    await page.goto(`${server.address}/projects`);
    await hydrated(page);
    // Something is booked, so the window asks for its figures once more.
    sql(server.database, "UPDATE data_revision SET revision = revision + 1");
    await asked;
    const seen = await framesWithWeb(page);
    sql(server.database, remove);
    await expect(division(page, "Web")).toHaveCount(0);
    await expect(page.locator(".figures")).toContainText("MOB-");
    release();
    await delivered;
    await page.getByRole("link", { name: "Costs" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
    await expectDivision(page, "all", "All");
    expect(seen).toEqual([]);
  });
}

test("the division a window is pinned to is deleted, and going back there does not show it", async ({ page, server }) => {
  silent(page, [/status of 400/]);
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Design");
  await saved(page);
  await page.goto(`${server.address}/projects?division=web`);
  await hydrated(page);
  await expectDivision(page, "web", "Web");
  const own = row(server.database);
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  const seen = await framesWithWeb(page);
  sql(server.database, remove);
  await expectDivision(page, "all", "All");
  await expect(page).toHaveURL(`${server.address}/costs?division=all`);
  await expect(page.locator(".notices").first()).toContainText("The address of this window asks for “web” (Division).");
  expect(seen).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(`${server.address}/projects?division=all`);
  await expectDivision(page, "all", "All");
  await expect(page.locator(".figures")).not.toContainText(WEB);
  // The user's own choice is another one, and stays.
  expect(row(server.database)).toEqual(own);
  await page.locator(".notice.pinned").getByRole("link", { name: "Back to my choice" }).click();
  await expectDivision(page, "design", "Design");
});

test("the division a window is pinned to is archived: it goes on showing it, and says so", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Design");
  await saved(page);
  await page.goto(`${server.address}/projects?division=web`);
  await hydrated(page);
  await expectDivision(page, "web", "Web");
  const notice = page.locator(".notice.pinned");
  await expect(notice.getByRole("button", { name: "Use everywhere" })).toBeVisible();
  const own = row(server.database);
  sql(server.database, archive);
  await expectDivision(page, "web", "Web (archived)");
  await expect(division(page, "Web")).toHaveCount(0);
  await expect(page).toHaveURL(`${server.address}/projects?division=web`);
  await expect(page.locator(".figures")).toContainText(WEB);
  await expect(notice).toContainText("This window stays on Web (archived)");
  await expect(notice.getByRole("button", { name: "Use everywhere" })).toHaveCount(0);
  await notice.getByRole("link", { name: "Back to my choice" }).click();
  await expectDivision(page, "design", "Design");
  await expect(division(page, "Web (archived)")).toHaveCount(0);
  expect(row(server.database)).toEqual(own);
});

test("the division one looks at is archived while the browser is offline", async ({ page, server }) => {
  silent(page, [/net::ERR_/]);
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  await expectDivision(page, "web", "Web");
  await page.context().setOffline(true);
  sql(server.database, archive);
  const seen = await framesWithWeb(page, false);
  await page.context().setOffline(false);
  await fellBack(page, server);
  expect(seen).toEqual([]);
});

test("a stored value that nobody here can read is shown as the default and stays, like the other setting", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await page.getByLabel("Period").selectOption("2025");
  await saved(page);
  await saved(page, "period");
  const second = await another(page, server);
  const stored = row(server.database);
  sql(server.database, "UPDATE settings SET value = 'no days', revision = revision + 1 WHERE key = 'period'");
  for (const window of [page, second]) {
    await expect(window.getByRole("main")).toHaveAttribute("data-period", "ytd");
    await expectDivision(window, "web", "Web");
  }
  // A newer program may have written it.
  expect(row(server.database, "period").value).toBe("no days");
  expect(row(server.database)).toEqual(stored);
});
