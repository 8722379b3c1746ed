// Figures fetched ahead: when, how many, how they are used, and that none are shown after a change.
import type { Request } from "@playwright/test";
import { recorded, recordFrames } from "../frames";
import { watchStream } from "../idle";
import { sql } from "../layers";
import { choose, division, expect, expectDivision, hydrated, logIn, saveData, saved, silent, test, webLead, type Page, type Server } from "../studio";

/** Notes which figures the next document asks for, and how many requests were under way at once at the most. */
async function asked(page: Page) {
  // Requests of the previous document don't count.
  await page.goto("about:blank");
  const heard = { divisions: [] as string[], most: 0, answered: 0 };
  const underWay = new Set<Request>();
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (address.pathname !== "/api/figures") return;
    heard.divisions.push(address.searchParams.get("division")!);
    heard.most = Math.max(heard.most, underWay.add(request).size);
  });
  const ended = (request: Request) => {
    if (underWay.delete(request)) heard.answered++;
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  return heard;
}

/** Lets this much time pass in the page, then waits until its requests so far are known here. */
async function later(page: Page, milliseconds: number): Promise<void> {
  const answered = page.waitForResponse("**/favicon.svg?sentinel");
  await page.evaluate(async (milliseconds) => {
    await (window as any).pass(milliseconds);
    await (await fetch("/favicon.svg?sentinel")).text();
  }, milliseconds);
  await answered;
}

/** Opens a page whose time the test controls, and which reports when its stream is open. */
async function openWithoutTime(page: Page, address: string): Promise<void> {
  await watchStream(page);
  await page.addInitScript(() => {
    const { setTimeout, clearTimeout } = window;
    const waiting = new Map<number, { at: number; work: () => void }>();
    let [now, last] = [0, 1e9];
    Object.assign(window, {
      setTimeout: (work: () => void, delay = 0) => {
        if (delay < 100) return setTimeout(work, delay);
        waiting.set(++last, { at: now + delay, work });
        return last;
      },
      clearTimeout: (timer: number) => waiting.delete(timer) || clearTimeout(timer),
      pass: async (milliseconds: number) => {
        const end = now + milliseconds;
        for (;;) {
          const [due] = [...waiting].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at);
          if (!due) break;
          waiting.delete(due[0]);
          now = due[1].at;
          due[1].work();
          await new Promise((done) => setTimeout(done));
        }
        now = end;
      },
    });
  });
  await page.goto(address);
  await hydrated(page);
}

const isStreamed = (page: Page) => page.waitForFunction(() => (window as any).isStreamed());

/** Opens a page and waits until everything is fetched ahead. */
async function open(page: Page, address: string, others: string[]): ReturnType<typeof asked> {
  const heard = await asked(page);
  await page.goto(address);
  await expect.poll(() => heard.answered).toBe(others.length);
  expect(heard.divisions).toEqual(others);
  return heard;
}

/** Holds back all figures; the returned function releases them. */
async function hold(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/api/figures*", async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

const bump = "UPDATE data_revision SET revision = revision + 1";

test("an idle page fetches the other divisions ahead, one after another, once", async ({ page, server }) => {
  await logIn(page, server.address);
  const heard = await asked(page);
  await openWithoutTime(page, `${server.address}/projects`);
  await isStreamed(page);
  await later(page, 100);
  expect(heard.divisions, "before it was idle for a moment").toEqual([]);
  await later(page, 5_000);
  await expect.poll(() => heard.answered).toBe(4);
  await later(page, 60_000);
  expect(heard.divisions).toEqual(["web", "mobile", "design", "unassigned"]);
  expect(heard.most).toBe(1);
});

test("of many divisions only some are fetched ahead", async ({ page, server }) => {
  const more = Array.from({ length: 12 }, (_, at) => `('more-${at}', 'More ${at}', ${10 + at}, 'teal')`);
  sql(server.database, `INSERT INTO divisions (slug, name, position, accent) VALUES ${more.join(", ")}`);
  await logIn(page, server.address);
  const heard = await asked(page);
  await openWithoutTime(page, server.address);
  await isStreamed(page);
  await later(page, 5_000);
  await expect.poll(() => heard.answered).toBe(8);
  await later(page, 60_000);
  expect(heard.divisions).toHaveLength(8);
  expect(heard.most).toBe(1);
});

test("while something is under way nothing is fetched ahead", async ({ page, server }) => {
  await logIn(page, server.address);
  const heard = await asked(page);
  await openWithoutTime(page, server.address);
  await isStreamed(page);
  const release = await hold(page);
  await choose(page, "Web");
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await later(page, 30_000);
  expect(heard.divisions).toEqual(["web"]);
  release();
  await expectDivision(page, "web", "Web");
  await later(page, 5_000);
  await expect.poll(() => heard.answered).toBe(5);
  expect(heard.divisions).toEqual(["web", "all", "mobile", "design", "unassigned"]);
});

test("a page that nobody sees fetches nothing ahead", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.addInitScript(() => {
    Object.assign(window, { isHidden: true });
    Object.defineProperty(document, "hidden", { get: () => (window as any).isHidden });
  });
  const heard = await asked(page);
  await openWithoutTime(page, server.address);
  await later(page, 30_000);
  expect(heard.divisions).toEqual([]);
  const turn = (isHidden: boolean) =>
    page.evaluate((isHidden) => {
      Object.assign(window, { isHidden });
      document.dispatchEvent(new Event("visibilitychange"));
      window.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  await turn(false);
  await isStreamed(page);
  await turn(true);
  await later(page, 30_000);
  expect(heard.divisions, "hidden before its moment of idleness was over").toEqual([]);
  await turn(false);
  await isStreamed(page);
  await later(page, 5_000);
  await expect.poll(() => heard.answered).toBe(4);
});

test("whoever saves data has nothing fetched ahead", async ({ page, server }) => {
  await logIn(page, server.address);
  await saveData(page);
  const heard = await asked(page);
  await openWithoutTime(page, server.address);
  await isStreamed(page);
  await later(page, 60_000);
  expect(heard.divisions).toEqual([]);
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await later(page, 60_000);
  expect(heard.divisions).toEqual(["web"]);
});

test("what was fetched ahead is shown although nothing answers any more, and confirmed", async ({ page, server }) => {
  await logIn(page, server.address);
  const heard = await open(page, server.address, ["web", "mobile", "design", "unassigned"]);
  const release = await hold(page);
  await page.route("**/api/setting", () => {});
  await choose(page, "Mobile");
  await expectDivision(page, "mobile", "Mobile");
  await expect.poll(() => heard.divisions[4], "it is asked for all the same").toBe("mobile");
  expect(heard.answered).toBe(4);
  const shown = await page.locator(".figures").innerText();
  release();
  // The figures of All came with the page, so they are fetched ahead only now.
  await expect.poll(() => heard.answered).toBe(6);
  expect(heard.divisions.slice(4)).toEqual(["mobile", "all"]);
  await expectDivision(page, "mobile", "Mobile");
  expect(await page.locator(".figures").innerText()).toBe(shown);
});

test("new data drops what was fetched ahead of it: the old is never shown as current", async ({ page, server }) => {
  await recordFrames(page);
  await logIn(page, server.address);
  const heard = await open(page, `${server.address}/projects`, ["web", "mobile", "design", "unassigned"]);
  const release = await hold(page);
  sql(server.database, `UPDATE projects SET name = 'Renamed since' WHERE code = 'WEB-001'; ${bump}`);
  await expect.poll(() => heard.divisions.slice(4), "the page was told").toEqual(["all"]);
  await choose(page, "Web");
  await expect.poll(() => heard.divisions.slice(5)).toEqual(["web"]);
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("main")).toHaveAttribute("data-division", "all");
  release();
  await expectDivision(page, "web", "Web");
  await expect(page.locator(".figures")).toContainText("Renamed since");
  await expect.poll(() => heard.divisions.slice(6), "fetched ahead anew").toEqual(["all", "mobile", "design", "unassigned"]);
  const { frames } = await recorded(page);
  const current = frames.filter((frame) => frame.division === "web" && frame.busy === "false");
  expect(current.length).toBeGreaterThan(0);
  expect(current.filter((frame) => frame.text !== current.at(-1)!.text)).toEqual([]);
});

/** Somebody who may see Web and Mobile, has Mobile's figures at hand, and then may not see Mobile any more. */
async function withdraws(page: Page, server: Server, withdrawal: string): Promise<void> {
  silent(page, [/status of 400/]);
  sql(server.database, "INSERT INTO user_divisions (user_id, division_id) VALUES (2, 2)");
  await recordFrames(page);
  await logIn(page, server.address, webLead);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  await open(page, `${server.address}/projects`, ["all", "mobile"]);
  // A way to Mobile's figures that remains when its segment is gone.
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { id: "way", href: "/projects?division=mobile", textContent: "Mobile" });
    document.querySelector(".bar")!.append(link);
  });
  const release = await hold(page);
  sql(server.database, withdrawal);
  await expect(division(page, "Mobile")).toHaveCount(0);
  const from = await page.evaluate(() => (window as any).recorded.frames.length);
  await page.evaluate(() => document.getElementById("way")!.click());
  await expect(page).toHaveURL(/division=mobile/);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.locator(".figures").innerText(), "what stood there is gone, and nothing came instead").not.toContain("MOB-");
  const { frames } = await recorded(page, from);
  expect(frames.filter((frame) => frame.division === "mobile" || frame.scope?.startsWith("Mobile"))).toEqual([]);
  release();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
}

test("after a right was withdrawn nothing that was fetched ahead under it is shown", async ({ page, server }) => {
  await withdraws(page, server, "DELETE FROM user_divisions WHERE user_id = 2 AND division_id = 2");
  await expect(page.getByRole("main")).not.toHaveAttribute("data-division", "mobile");
  await expect(page.locator(".scope")).not.toContainText("Mobile");
});

test("of a division that was archived nothing that was fetched ahead is shown", async ({ page, server }) => {
  await withdraws(page, server, `UPDATE divisions SET archived_on = '2026-01-01' WHERE slug = 'mobile'; ${bump}`);
  // Its history, as it was asked for since.
  await expect(page.getByRole("main")).toHaveAttribute("data-division", "mobile");
  await expect(page.locator(".scope")).toContainText("Mobile (archived)");
});

test("while the stream is cut nothing that was fetched ahead is shown", async ({ page, server }) => {
  silent(page, [/net::ERR_/]);
  await recordFrames(page);
  await watchStream(page);
  await logIn(page, server.address);
  const heard = await open(page, server.address, ["web", "mobile", "design", "unassigned"]);
  // The choice stays on its way all the time: otherwise it would be refused, and with it the wanted selection.
  await page.route("**/api/setting", () => {});
  await server.stop("SIGKILL");
  await page.waitForFunction(() => !(window as any).isStreamed());
  const from = await page.evaluate(() => (window as any).recorded.frames.length);
  await choose(page, "Web");
  await expect(page.getByRole("alert")).toContainText("The figures could not be loaded.");
  expect(heard.divisions.slice(4)).toEqual(["web"]);
  const { frames } = await recorded(page, from);
  expect(frames.filter((frame) => frame.division !== "all")).toEqual([]);
  await server.run();
  await expectDivision(page, "web", "Web");
});
