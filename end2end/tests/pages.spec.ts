// The pages: how they look, that hydration changes nothing, searching and sorting, errors, the login and the logout.
import { choose, expect, expectDivision, expectSilence, hydrated, logIn, silent, test, typeLogin, webLead } from "../studio";

const views = ["/", "/projects", "/costs", "/projects/WEB-001"];

test("hydration changes no text and shifts nothing", async ({ page, server, browser }) => {
  await logIn(page, server.address);
  await hydrated(page);
  // The other browser asks the server: it finds the choice only once it was acknowledged.
  const acknowledged = page.waitForResponse("**/api/setting");
  await choose(page, "Web");
  await acknowledged;
  await expectDivision(page, "web", "Web");
  const state = await page.context().storageState();
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: state });
  const withoutProgram = await plain.newPage();
  for (const view of views) {
    await withoutProgram.goto(server.address + view);
    await page.addInitScript(() => {
      Object.assign(window, { shifts: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) (window as any).shifts += (entry as any).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server.address + view);
    await hydrated(page);
    const text = (target: typeof page) => target.evaluate(() => document.querySelector(".app")!.textContent);
    expect(await text(page)).toBe(await text(withoutProgram));
    expect(await page.evaluate(() => (window as any).shifts), view).toBe(0);
  }
  await plain.close();
});

test("projects are searched and sorted without a page load, and the address says so", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects`);
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.getByRole("searchbox").fill("WEB-00");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(`${server.address}/projects?q=WEB-00`);
  await expect(page.locator("#table-projects tbody tr")).toHaveCount(9);
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.locator("th").getByRole("link", { name: "Revenue" }).click();
  await expect(page).toHaveURL(/sort=revenue/);
  await expect(page.locator('th[aria-sort="descending"]')).toHaveText("Revenue");
  await page.getByRole("searchbox").fill("WEB-01");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(`${server.address}/projects?q=WEB-01&sort=revenue`);
  await choose(page, "Mobile");
  await expect(page.locator(".empty")).toContainText("Clear the search");
  await page.goBack();
  await expect(page).toHaveURL(`${server.address}/projects?q=WEB-00&sort=revenue`);
  await expect(page.getByRole("searchbox")).toHaveValue("WEB-00");
  await page.getByRole("searchbox").fill("typed and not sent");
  await choose(page, "Web");
  await expect(page.getByRole("main")).toHaveAttribute("data-division", "web");
  await expect(page.getByRole("searchbox")).toHaveValue("typed and not sent");
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});

test("the period is chosen from the list or by two days", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await page.getByLabel("Period").selectOption("2025");
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
  await page.getByText("Custom dates").click();
  await page.getByLabel("From").fill("2026-03-01");
  await page.getByLabel("To", { exact: true }).fill("2026-03-15");
  await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "2026-03-01..2026-03-15");
  await expect(page.locator(".scope")).toContainText("1 Mar 2026 – 15 Mar 2026".replace(" 2026 –", " –"));
  await expect(page.getByLabel("Period")).toHaveValue("2026-03-01..2026-03-15");
  await expect(page.getByLabel("From")).toBeHidden();
  await page.getByText("Custom dates").click();
  await page.getByLabel("From").fill("2026-05-01");
  await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("status")).toContainText("Swap them");
  await page.getByLabel("From").press("Escape");
  await expect(page.getByLabel("From")).toBeHidden();
  await page.reload();
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "2026-03-01..2026-03-15");
});

test("what figures are compared with is chosen beside the period", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await page.getByLabel("Period").selectOption("2026-q3");
  const change = page.locator(".tile .change");
  await expect(change.first()).toContainText("vs 1 Apr – 30 Jun 2026 (92 against 91 days)");
  const comparison = page.getByRole("combobox", { name: "Comparison" });
  await comparison.selectOption("year");
  await expect(change.first()).toContainText(/vs 1 Jul – 30 Sept 2025(, |$)/);
  await comparison.selectOption("none");
  await expect(change).toHaveCount(0);
  await page.reload();
  await expect(comparison).toHaveValue("none");
  await expect(change).toHaveCount(0);
});

test("what is not there offers a way on", async ({ page, server }) => {
  silent(page, [/status of 404/, /status of 400/]);
  await logIn(page, server.address);
  for (const [path, status] of [["/projects/NOPE-1", 404], ["/nothing/here", 404], ["/projects?sort=nope", 400]] as const) {
    const answer = await page.goto(server.address + path);
    expect(answer!.status()).toBe(status);
    await hydrated(page);
    await expect(page.locator(".problem")).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: "Go to Home" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
    await expect(page.locator(".problem")).toHaveCount(0);
  }
});

test("whose session has ended is led to the login and from there back", async ({ page, server }) => {
  silent(page, [/status of 401/]);
  await logIn(page, server.address);
  await hydrated(page);
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page).toHaveURL(`${server.address}/login?next=%2Fcosts`);
  await typeLogin(page, webLead);
  await expect(page).toHaveURL(`${server.address}/costs`);
});

test("after logout nothing is shown, not by going back either", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(`${server.address}/login`);
  await page.goBack();
  await expect(page.getByLabel("E-mail")).toBeVisible();
  expect(await page.content()).not.toContain("€");
});

test("the picture in the README: Home with the division Web chosen", async ({ page, server }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await page.mouse.move(0, 400);
  await page.screenshot({ path: "end2end/results/screens/readme.png" });
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test(`every page fits ${width} pixels in ${scheme}`, async ({ server, browser }) => {
      const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, locale: "en-GB" });
      const page = await context.newPage();
      silent(page, [/status of 404/]);
      await page.goto(`${server.address}/login`);
      await page.screenshot({ path: `end2end/results/screens/login-${width}-${scheme}.png`, fullPage: true });
      await logIn(page, server.address);
      for (const [name, path] of [["home", "/"], ["projects", "/projects"], ["costs", "/costs"], ["project", "/projects/WEB-001"], ["missing", "/projects/NOPE"]]) {
        await page.goto(server.address + path);
        await hydrated(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
        await page.screenshot({ path: `end2end/results/screens/${name}-${width}-${scheme}.png`, fullPage: name !== "projects" });
      }
      expectSilence(page);
      await context.close();
    });
  }
}
