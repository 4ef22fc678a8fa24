import { expect, test } from "./fixtures";

test("the board shows the recommendation, a countdown and the number of launches", async ({ page, board }) => {
  await board.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\w/);
  await expect(page.getByRole("timer")).toHaveText(/^(T\u2212|in )/);
  const count = await board.counted();
  expect(count).toBeGreaterThan(300);
  await expect(page.getByRole("heading", { name: /of \d+ go to the Moon/ }).first()).toBeVisible();
});

test("with a filter and a view in the address, the answer is short and the search is on the first screen", async ({ page, board }) => {
  await board.open();
  const more = page.getByRole("link", { name: /Compare the rides|How launches are ranked/ });
  await expect(more).toBeVisible();
  await expect(page.getByText("Show only these")).toBeVisible();
  await board.open("?view=table&status=go");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(more).toBeHidden();
  await expect(page.getByText("Show only these")).toBeHidden();
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(page.getByRole("searchbox").or(page.getByPlaceholder("Mission, rocket, provider, pad")).first()).toBeInViewport();
});

test("scrolling to the last card shows the next batch of 24", async ({ page, board }) => {
  await board.open();
  await expect(board.cards).toHaveCount(24);
  await board.cards.last().scrollIntoViewIfNeeded();
  await expect(board.cards).toHaveCount(48);
  await expect(page.getByRole("button", { name: "Show 24 more" })).toBeAttached();
});

test("a card links to its launch, and back restores the filters", async ({ page, board }) => {
  await board.open("?status=go");
  const count = await board.counted();
  await board.cards.first().getByRole("heading").getByRole("link").click();
  await expect(page).toHaveURL(/\/launches\/[0-9a-f-]{36}$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/\?status=go$/);
  await board.expectCount(count);
});

test("the page names its data source and the time of the data", async ({ page, board }) => {
  await board.open();
  await expect(page.getByRole("banner")).toContainText("Simulated");
  await expect(page.getByText("Do not board any of them.")).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText(/as of \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
});

test("an empty result suggests a filter to remove", async ({ page, board }) => {
  await board.open("?q=nowheresuchword");
  await board.expectCount(0);
  await expect(page.getByRole("heading", { name: "No launch matches these filters" })).toBeVisible();
  await page.getByRole("link", { name: "Remove the search" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(board.cards).toHaveCount(24);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the server renders the cards, and a chip filters by link", async ({ page, board }) => {
    await page.goto("/");
    await expect(board.cards).toHaveCount(24);
    const chip = board.chip("Status", "Go");
    const count = Number.parseInt((await chip.innerText()).match(/\d+/)?.[0] ?? "", 10);
    await chip.click();
    await expect(page).toHaveURL(/status=go/);
    await board.expectCount(count);
  });

  test("the form submits the search and keeps the view", async ({ page, board }) => {
    await page.goto("/?view=table");
    await board.search.fill("falcon");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/q=falcon/);
    await expect(page).toHaveURL(/view=table/);
    await expect(page.getByRole("table").last()).toContainText("Falcon");
  });
});
