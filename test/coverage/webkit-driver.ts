import type { WebDriver } from 'selenium-webdriver';
import { startWebKit } from '../webkit';
import type { Driver, Tab } from './driver';

export async function webKitDriver(): Promise<Driver> {
  const { driver, stop } = await startWebKit();
  const capabilities = await driver.getCapabilities();
  const tab = tabOf(driver);
  return {
    ...tab,
    engine: 'webkit',
    version: `WebKitGTK/${capabilities.getBrowserVersion()}`,
    async openTab() {
      const first = await driver.getWindowHandle();
      await driver.switchTo().newWindow('tab');
      const second = await driver.getWindowHandle();
      await driver.switchTo().window(first);
      // The driver is in one tab at a time.
      const inSecond = async <T>(act: () => Promise<T>) => {
        await driver.switchTo().window(second);
        return act().finally(() => driver.switchTo().window(first));
      };
      return { open: (url) => inSecond(() => tab.open(url)), run: (body) => inSecond(() => tab.run(body)) };
    },
    close: stop,
  };
}

function tabOf(driver: WebDriver): Tab {
  return {
    async open(url) {
      await driver.get(url);
    },
    async run(body) {
      return driver.executeScript(`return (async () => { ${body} })()`);
    },
  };
}
