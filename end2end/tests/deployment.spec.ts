// A deployment: the server runs another build than the page in an open window. Two builds from two folders take part:
// the one under test, and one that .ci/other-build made as a later version would be.
import { choose, expect, expectDivision, hydrated, releaseIn, saved, Server, silent, test as base, typeLogin, type Page } from "../studio";
import { existsSync } from "node:fs";

/** The brand on a page says which build rendered it. */
const brand = { own: "ControlManiac", other: "ControlManiac 99" };
type Build = keyof typeof brand;

type Deployment = {
  /** Replaces the server by the one of another build, at the same address and on the same database. */
  deploy: (build: Build) => Promise<void>;
  /** The same, until the window has heard of it. */
  deployAndTell: (build: Build) => Promise<void>;
};

const test = base.extend<Deployment>({
  deploy: async ({ page, server }, use) => {
    const other = process.env.CONTROL_MANIAC_OTHER_BUILD;
    if (!other || !existsSync(releaseIn(other))) {
      throw new Error(
        `This test needs a second build and finds none in CONTROL_MANIAC_OTHER_BUILD (${other ?? "not set"}). ` +
          "Make one with `.ci/other-build FOLDER`, FOLDER outside of the project, and name FOLDER in that variable.",
      );
    }
    // The browser itself logs that the stream was cut, and that nobody answered meanwhile.
    silent(page, [/net::ERR_/]);
    const releases = { own: server.program, other: releaseIn(other) };
    await use(async (build) => {
      await server.stop();
      server.program = releases[build];
      await server.run();
    });
  },
  deployAndTell: async ({ page, deploy }, use) => {
    await use(async (build) => {
      // It asks for the current state, which names the build, and then follows the stream again.
      const follows = page.waitForRequest("**/api/live");
      await deploy(build);
      await follows;
    });
  },
});

/** Logs in to a view and waits until the window follows the server. */
async function open(page: Page, server: Server, path = "/"): Promise<void> {
  const follows = page.waitForRequest("**/api/live");
  await page.goto(server.address + path);
  await typeLogin(page);
  await hydrated(page);
  await follows;
  await mark(page);
}

/** Marks the document: a page load loses the mark. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { sameDocument: true }));
const isMarked = (page: Page) => page.evaluate(() => "sameDocument" in window);

async function expectBuild(page: Page, build: Build): Promise<void> {
  await expect(page.locator(".brand")).toHaveText(brand[build]);
}

async function expectView(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/** The same document as before, of the build that it came from. */
async function expectSameWindow(page: Page, build: Build): Promise<void> {
  await expectBuild(page, build);
  expect(await isMarked(page), "it was not loaded afresh").toBe(true);
}

/** Another document, of the new build, and hydrated. */
async function expectLoadedAfresh(page: Page, build: Build): Promise<void> {
  await expectBuild(page, build);
  await hydrated(page);
  expect(await isMarked(page), "it was loaded afresh").toBe(false);
}

const view = (page: Page, name: string) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name });

/** Holds back the next choices until the returned function is called. */
async function holdChoices(page: Page, then: () => void = () => {}): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/api/setting", async (route) => {
    await held;
    const answer = await route.fetch();
    then();
    await route.fulfill({ response: answer });
  });
  return release;
}

/** Says that the window is hidden, or shown again, which a browser without a screen never does by itself. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.assign(window, { windowIsHidden: hidden });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, hidden);
}
async function letBeHidden(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const isHidden = () => Boolean((window as unknown as { windowIsHidden?: boolean }).windowIsHidden);
    Object.defineProperty(Document.prototype, "hidden", { get: isHidden });
    Object.defineProperty(Document.prototype, "visibilityState", { get: () => (isHidden() ? "hidden" : "visible") });
  });
}

for (const [before, after, what] of [
  ["own", "other", "a deployment"],
  ["other", "own", "a deployment that is rolled back"],
] as const) {
  test(`${what} between two clicks: the choice is stored, the figures come, the next click loads the build`, async ({ page, server, deploy }) => {
    if (before === "other") await deploy("other");
    await open(page, server);
    await expectBuild(page, before);
    await choose(page, "Web");
    await expectDivision(page, "web", "Web");
    await saved(page);
    await deploy(after);
    await choose(page, "Mobile");
    await expectDivision(page, "mobile", "Mobile");
    await saved(page);
    await expect(page.getByRole("status")).not.toContainText("not changed");
    await expectSameWindow(page, before);
    await view(page, "Projects").click();
    await expectView(page, "Projects");
    await expectLoadedAfresh(page, after);
    await expectDivision(page, "mobile", "Mobile");
    await mark(page);
    await view(page, "Costs").click();
    await expectView(page, "Costs");
    await expectDivision(page, "mobile", "Mobile");
    await expectSameWindow(page, after);
  });
}

test("a window that nobody touches stays as it is after a deployment, and one click brings it to the new build", async ({ page, server, deployAndTell }) => {
  await open(page, server, "/projects");
  await choose(page, "Design");
  await expectDivision(page, "design", "Design");
  await deployAndTell("other");
  await expectSameWindow(page, "own");
  await page.locator("#main tbody a").first().click();
  await expectView(page, /^DSG-/);
  await expectLoadedAfresh(page, "other");
  await expectDivision(page, "design", "Design");
});

for (const [name, leave] of [
  ["a link", (page: Page) => view(page, "Projects").click()],
  ["going back", (page: Page) => page.evaluate(() => history.back())],
  ["a search", (page: Page) => page.getByRole("button", { name: "Search" }).click()],
] as const) {
  test(`a choice on its way is stored before ${name} loads the new build`, async ({ page, server, deployAndTell }) => {
    await open(page, server, "/projects");
    await view(page, "Costs").click();
    await expectView(page, "Costs");
    await deployAndTell("other");
    const order: string[] = [];
    const release = await holdChoices(page, () => order.push("stored"));
    page.on("request", (request) => request.isNavigationRequest() && order.push("loaded"));
    await choose(page, "Design");
    await expect(page.locator("form.setting.division")).toHaveAttribute("data-progress", "saving");
    await leave(page);
    // A request that is sent at once would be on its way by now.
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
    expect(order).toEqual([]);
    release();
    await expectBuild(page, "other");
    expect(order).toEqual(["stored", "loaded"]);
    await expectLoadedAfresh(page, "other");
    await expectDivision(page, "design", "Design");
  });
}

test("what was typed and not sent survives a deployment, and the search loads the new build", async ({ page, server, deployAndTell }) => {
  await letBeHidden(page);
  await open(page, server, "/projects");
  await page.getByRole("searchbox").fill("relaunch");
  await deployAndTell("other");
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await expect(page.getByRole("searchbox")).toHaveValue("relaunch");
  await setHidden(page, true);
  await setHidden(page, false);
  await choose(page, "Mobile");
  await expectDivision(page, "mobile", "Mobile");
  await expect(page.getByRole("searchbox")).toHaveValue("relaunch");
  await expectSameWindow(page, "own");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(`${server.address}/projects?q=relaunch`);
  await expectLoadedAfresh(page, "other");
  await expect(page.getByRole("searchbox")).toHaveValue("relaunch");
  await expectDivision(page, "mobile", "Mobile");
});

test("a hidden window in which nothing was typed loads the new build at once", async ({ page, server, deployAndTell }) => {
  await letBeHidden(page);
  await open(page, server, "/costs");
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await saved(page);
  await deployAndTell("other");
  await expectSameWindow(page, "own");
  await setHidden(page, true);
  await expectLoadedAfresh(page, "other");
  await expect(page).toHaveURL(`${server.address}/costs`);
  await expectDivision(page, "web", "Web");
});

test("a window that is hidden with a choice on its way loads the new build once that is stored", async ({ page, server, deployAndTell }) => {
  await letBeHidden(page);
  await open(page, server);
  await deployAndTell("other");
  const order: string[] = [];
  const release = await holdChoices(page, () => order.push("stored"));
  page.on("request", (request) => request.isNavigationRequest() && order.push("loaded"));
  await choose(page, "Design");
  await expect(page.locator("form.setting.division")).toHaveAttribute("data-progress", "saving");
  await setHidden(page, true);
  await expectSameWindow(page, "own");
  release();
  await expectLoadedAfresh(page, "other");
  expect(order).toEqual(["stored", "loaded"]);
  await expectDivision(page, "design", "Design");
});

test("back and forward lead to the new build", async ({ page, server, deployAndTell }) => {
  await open(page, server);
  await view(page, "Projects").click();
  await expectView(page, "Projects");
  await view(page, "Costs").click();
  await expectView(page, "Costs");
  await choose(page, "Mobile");
  await expectDivision(page, "mobile", "Mobile");
  await saved(page);
  await deployAndTell("other");
  await page.goBack();
  await expectView(page, "Projects");
  await expectLoadedAfresh(page, "other");
  await expectDivision(page, "mobile", "Mobile");
  await page.goForward();
  await expectView(page, "Costs");
  await expectLoadedAfresh(page, "other");
  await expectDivision(page, "mobile", "Mobile");
});
