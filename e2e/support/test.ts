import { expect, type Page, test as base } from '@playwright/test';

/** Where React puts what a page's answer brings later, until it is moved to its place. */
const ARRIVED = '[hidden][id^="S:"]';

/** Every page that is opened or loaded again is whole then: nothing of it is there a second time, unseen. */
function loadedWhole(page: Page): Page {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...to) => {
    const response = await goto(...to);
    await expect(page.locator(ARRIVED)).toHaveCount(0);
    return response;
  };
  page.reload = async (...how) => {
    const response = await reload(...how);
    await expect(page.locator(ARRIVED)).toHaveCount(0);
    return response;
  };
  return page;
}

export const test = base.extend({
  page: async ({ page }, use) => use(loadedWhole(page)),
});
export { expect };
