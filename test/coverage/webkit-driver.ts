import { startWebKit } from '../webkit';
import type { Driver } from './driver';

export async function webKitDriver(): Promise<Driver> {
  const { driver, stop } = await startWebKit();
  const capabilities = await driver.getCapabilities();
  return {
    engine: 'webkit',
    version: `WebKitGTK/${capabilities.getBrowserVersion()}`,
    async open(url) {
      await driver.get(url);
    },
    async run(body) {
      return driver.executeScript(`return (async () => { ${body} })()`);
    },
    close: stop,
  };
}
