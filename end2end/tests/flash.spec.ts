// No flash: in a slow browser far from the server every frame, from the first, shows the right division, and nothing moves.
import { delayed, type Proxy } from "../delay";
import { expectRight, expectUnchanged, recorded, recordFrames, type Right } from "../frames";
import { idle, watchStream } from "../idle";
import { controller, expect, expectDivision, expectSilence, password, silent, test as base, typeLogin, type BrowserContext, type Page } from "../studio";

const web: Right = { division: "web", name: "Web", colour: "rgb(29, 95, 194)" };
const mobile: Right = { division: "mobile", name: "Mobile", colour: "rgb(25, 113, 63)" };

/** Somebody who has chosen Web, in a browser of their own, behind the proxy. */
const test = base.extend<{ far: Proxy; person: BrowserContext }>({
  far: async ({ server }, use) => {
    const far = await delayed(server.port, 100);
    await use(far);
    await far.end();
  },
  person: async ({ browser, server, far }, use) => {
    const context = await browser.newContext({ locale: "en-GB" });
    const headers = { origin: server.address };
    const login = await context.request.post(`${server.address}/login`, { form: { email: controller, password }, headers });
    expect(login.ok()).toBe(true);
    await context.request.post(`${server.address}/settings/division`, { form: { value: "web", return_to: "/" }, headers });
    await use(context);
    context.pages().forEach(expectSilence);
    await context.close();
  },
});

/** A new window that records its frames, with a CPU four times slower. */
async function slowWindow(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  silent(page);
  await recordFrames(page);
  await watchStream(page);
  await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
  return page;
}

type Answer = { text: () => Promise<string> } | null;

/** The rules when a whole page is loaded: the right frames, and the text as the server sent it. */
async function expectNoFlash(page: Page, answer: Answer, right: Right): Promise<void> {
  const sent = await answer!.text();
  await idle(page);
  const recording = await recorded(page);
  expect(recording.frames.some((frame) => frame.hydrated), "frames after hydration").toBe(true);
  expectRight(recording, right);
  expectUnchanged(recording);
  const [before, after] = await page.evaluate((sent) => {
    const text = (page: Document) => page.querySelector(".app")!.textContent;
    return [text(new DOMParser().parseFromString(sent, "text/html")), text(document)];
  }, sent);
  expect(after, "hydration changes no text").toBe(before);
}

for (const [choice, { query, right, project }] of Object.entries({
  stored: { query: "", right: web, project: "/projects/WEB-001" },
  pinned: { query: "?division=mobile", right: mobile, project: "/projects/MOB-001" },
})) {
  const pairs = [["/", "/costs"], ["/projects", project]] as const;

  for (const [one, other] of pairs) {
    test(`${one} and ${other}, ${right.name} ${choice}: no flash in a fresh load, a reload, back and forward`, async ({ person, far }) => {
      const page = await slowWindow(person);
      for (const view of [one, other]) {
        await expectNoFlash(page, await page.goto(far.address + view + query), right);
        await expectNoFlash(page, await page.reload(), right);
      }
      await expectNoFlash(page, await page.goBack(), right);
      await expectNoFlash(page, await page.goForward(), right);
    });

    test(`${one} and ${other}, ${right.name} ${choice}: no flash where links, back and forward lead without a page load`, async ({ person, far }) => {
      const page = await slowWindow(person);
      await page.goto(far.address + one + query);
      await idle(page);
      const link = page.locator(`a[href="${other}${query}"]`).first();
      const ways = [[() => link.click(), other], [() => page.goBack(), one], [() => page.goForward(), other]] as const;
      for (const [way, where] of ways) {
        const old = await page.getByRole("heading", { level: 1 }).innerText();
        await way();
        await expect(page).toHaveURL(far.address + where + query);
        await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(old);
        await expectDivision(page, right.division, right.name);
      }
      await idle(page);
      expectRight(await recorded(page), right);
    });
  }

  for (const view of pairs.flat()) {
    test(`${view}, ${right.name} ${choice}: no flash after the login`, async ({ person, far }) => {
      await person.clearCookies();
      const page = await slowWindow(person);
      await page.goto(far.address + view + query);
      const answered = page.waitForResponse((answer) => answer.url() === far.address + view + query && answer.ok());
      await typeLogin(page);
      await expectNoFlash(page, await answered, right);
    });
  }
}

test("no frame that the browser paints has another division's colour", async ({ person, far, browser }) => {
  const page = await slowWindow(person);
  const session = await person.newCDPSession(page);
  const painted: string[] = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    painted.push(data);
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
  });
  await session.send("Page.startScreencast", { format: "png", everyNthFrame: 1 });
  await page.goto(`${far.address}/`);
  await idle(page);
  await page.reload();
  await idle(page);
  await session.send("Page.stopScreencast");
  // Where the colour is: in the edge of the bar, and in a corner of each segment of the toggle.
  const places = await page.evaluate(() => {
    const bar = document.querySelector(".app > .bar > .settings")!.getBoundingClientRect();
    const segments = [...document.querySelectorAll("form.division .choice span")].map((segment) => segment.getBoundingClientRect());
    const edge = [4, 0.5, 0.99].map((at) => ({ x: at > 1 ? at : bar.width * at, y: bar.bottom - 1 }));
    return { edge, segments: segments.map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height - 4 })) };
  });
  const canvas = await (await browser.newContext()).newPage();
  const colours = await canvas.evaluate(async ({ painted, places }) => {
    const seen: { edge: string[]; segments: string[] }[] = [];
    for (const data of painted) {
      const image = Object.assign(new Image(), { src: `data:image/png;base64,${data}` });
      await image.decode();
      const { width, height } = image;
      const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d")!;
      context.drawImage(image, 0, 0);
      const colour = ({ x, y }: { x: number; y: number }) => {
        const [red, green, blue] = context.getImageData(Math.round(x), Math.round(y), 1, 1).data;
        return `rgb(${red}, ${green}, ${blue})`;
      };
      seen.push({ edge: places.edge.map(colour), segments: places.segments.map(colour) });
    }
    return seen;
  }, { painted, places });
  await canvas.context().close();
  const last = JSON.stringify(colours.at(-1));
  expect(colours.at(-1)!.edge).toEqual([web.colour, web.colour, web.colour]);
  expect(colours.at(-1)!.segments[1]).toBe(web.colour);
  // A frame shows the page in its final state, or nothing of it yet: a single colour.
  const wrong = colours.filter((seen) => JSON.stringify(seen) !== last && new Set([...seen.edge, ...seen.segments]).size > 1);
  expect(wrong, `of ${colours.length} painted frames`).toEqual([]);
});
