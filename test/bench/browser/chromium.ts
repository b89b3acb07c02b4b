import { once } from 'node:events';
import { hostResolverRules, launch } from '../../browsers';
import { DevTools, type Session } from './dev-tools';
import { Profile } from './profile';

/** The names of the sites here; all of them are this machine. */
const NAMES = '*.example';

/** A browser that measures. */
export class Chromium {
  private constructor(
    /** Such as `Chromium 156.0.7780.0`. */
    readonly version: string,
    readonly devTools: DevTools,
    readonly session: Session,
    readonly exited: Promise<unknown>,
  ) {}

  /** @param sites origins that browsers have to take for secure ones, as they take https */
  static async start(sites: string[]): Promise<Chromium> {
    const browser = await launch('chromium', {
      args: [
        hostResolverRules([`MAP ${NAMES} 127.0.0.1`]),
        `--unsafely-treat-insecure-origin-as-secure=${sites.join(',')}`,
        '--window-size=1280,900',
        '--disable-features=HttpsUpgrades,HttpsFirstBalancedMode',
        // A tab that another one hides is drawn, and its clocks go on.
        '--disable-backgrounding-occluded-windows',
        '--disable-renderer-backgrounding',
      ],
    });
    const exited = once(browser.process()!, 'exit');
    const version = (await browser.version()).replace('/', ' ').replace(/^(Headless)?Chrome /, 'Chromium ');
    const endpoint = browser.wsEndpoint();
    await browser.disconnect();
    const devTools = await DevTools.connect(endpoint);
    return new Chromium(version, devTools, devTools.session(), exited);
  }

  /** The profile of the one who uses this browser, which keeps compiled scripts as a visitor's does. Sites need names of their own. */
  get ownProfile(): Profile {
    return new Profile(this);
  }

  /** A visitor who was never there, with a profile of their own. It keeps no compiled scripts, as none does on a first visit. */
  async newProfile(): Promise<Profile> {
    const { browserContextId } = await this.session.send('Target.createBrowserContext', { disposeOnDetach: true });
    return new Profile(this, browserContextId);
  }

  async close(): Promise<void> {
    await this.session.send('Browser.close');
    this.devTools.close();
    await this.exited;
  }
}
