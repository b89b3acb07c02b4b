import assert from 'node:assert/strict';
import { languages } from '../../../src/elements/texts/languages';
import type { ThemeName } from '../../../src/cli/build';
import type { PolicyInput } from '../../../src/policy/index';
import { forEachEngine, type StartVisit, type VisitOptions } from '../harness';
import type { Tab } from '../tab';
import { assertNothingReached, until } from '../third-party-hits';
import { PAGE, press, startAsking, THEMES } from './asking-page';
import { LARGE_TEXT, setLargeText } from './large-text';

const OPEN: VisitOptions = { policy: { wall: 'off' }, lock: 'none' };
const SIZES = [
  [160, 90],
  [320, 180],
  [640, 360],
] as const;
/** What a placeholder may have to say. The page script makes the first kind, and says so of the others by the same attributes. */
const HELD = 'data-url="http://127.0.0.1:9/" data-host="127.0.0.1:9"';
const STATES = ['', 'data-opens="again"', 'data-opens="visit"', 'data-opens="elsewhere"'].map(
  (opens) => `<cookie-placeholder data-service="youtube" ${HELD} ${opens} STYLE></cookie-placeholder>`,
);
const UNDECLARED = `<cookie-placeholder ${HELD} STYLE></cookie-placeholder>`;
const FRAME = '<iframe data-service="youtube" data-src="http://127.0.0.1:9/embed" title="A video" STYLE></iframe>';
/** Apart from one another: a placeholder just before a held element would be taken for a copy of that one's. */
const CONTENT = SIZES.flatMap(([width, height]) =>
  [FRAME, ...STATES, UNDECLARED].map((html) =>
    html.replace('STYLE', `style="display: block; border: 0; width: ${width}px; height: ${height}px"`),
  ),
).join('<hr>');
/** A policy’s texts in a language are what the example is built in it for. */
const ALL_LANGUAGES = Object.fromEntries(
  Object.keys(languages).map((language) => [language, { policyLink: `Cookies (${language})` }]),
);
/** As sites have them: a browser's own, a narrow column's, a banner's, upright, and as wide as a window. */
const MORE_SIZES = [
  ...[
    [300, 150],
    [300, 169],
    [320, 50],
    [468, 60],
  ],
  ...[
    [480, 225],
    [560, 315],
    [270, 480],
    [160, 284],
    [1920, 1080],
  ],
] as const;
const MANY_WORDS = 'The national observatory of public development assistance';
const ONE_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const LONG_NAMED = [
  { id: 'words', provider: 'Ministère de l’Europe et des Affaires étrangères', name: MANY_WORDS },
  { id: 'word', provider: ONE_WORD },
  { id: 'arabic', provider: 'مقاطع الفيديو الخاصة بالمؤسسة الوطنية للتنمية والتعاون الدولي' },
  { id: 'chinese', provider: '国家开发援助数据观察站视频播放服务平台公共数据开放门户网站' },
].map((service) => ({ ...service, purpose: 'third-party', origins: [`https://${service.id}.example`] }));
const LEAST_TARGET_PX = 24;
/** What visitors may set, beside larger text: RGAA 10.12, WCAG 1.4.12. */
const SPACED_TEXT =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

describe('A placeholder fits into every frame', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`of 160 × 90, 320 × 180 and 640 × 360: every control is in sight, and large enough, in every language, in the theme ${theme}`, async () => {
        const { tab } = await startAsking(start, theme, {
          ...OPEN,
          policy: { ...OPEN.policy, texts: ALL_LANGUAGES },
          content: CONTENT,
        });
        const { page } = tab;
        await tab.visit(PAGE);
        await allShown(tab, SIZES.length * (STATES.length + 2));
        for (const language of Object.keys(languages)) {
          await page.evaluate((language) => (document.documentElement.lang = language), language);
          await page.waitForFunction(
            (language) => document.querySelector('cookie-placeholder')!.getAttribute('lang') === language,
            {},
            language,
          );
          const wrong = (await measured(tab)).flatMap(mistakesOf);
          assert.deepEqual(wrong, [], language);
        }
      });

      it(`and in one of any size, whatever the service is called, in the theme ${theme}`, async () => {
        const ids = ['youtube', ...LONG_NAMED.map(({ id }) => id)];
        const placeholders = [...MORE_SIZES, ...SIZES].flatMap(([width, height]) =>
          ids.flatMap((id) =>
            STATES.map((html) =>
              html
                .replace('youtube', id)
                .replace('STYLE', `style="display: block; width: ${width}px; height: ${height}px"`),
            ),
          ),
        );
        const { tab } = await startAsking(start, theme, {
          ...OPEN,
          editPolicy: (written) => ({
            ...(written as PolicyInput),
            wall: 'off',
            texts: { en: {}, fr: { policyLink: 'Cookies' } },
            services: [...(written as PolicyInput).services, ...LONG_NAMED],
          }),
          content: placeholders.join('<hr>'),
        });
        await tab.visit(PAGE);
        await allShown(tab, placeholders.length);
        assert.deepEqual((await measured(tab)).flatMap(mistakesOf), []);
        await tab.page.evaluate(() => (document.documentElement.lang = 'fr'));
        await tab.page.waitForSelector('cookie-placeholder[lang=fr]');
        assert.deepEqual((await measured(tab)).flatMap(mistakesOf), []);
      });

      it(`and what there is no room for is in its details, from where it can be allowed too, in the theme ${theme}`, async () => {
        const { tab } = await startAsking(start, theme, {
          ...OPEN,
          content: FRAME.replace('STYLE', 'width="160" height="90"'),
        });
        const { page } = tab;
        await tab.visit(PAGE);
        await page.waitForSelector('cookie-placeholder button');
        await press(tab, 'Details: YouTube videos', 'cookie-placeholder');
        await page.waitForSelector('dialog[open]');
        const text = await page.$eval('dialog', ({ textContent }) => textContent);
        for (const said of [
          'YouTube receives data about you',
          'Plays the videos',
          'for this page only',
          'VISITOR_INFO1_LIVE',
        ])
          assert.ok(text.includes(said), said);
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Details: YouTube videos');
        await press(tab, 'Details: YouTube videos', 'cookie-placeholder');
        await press(tab, 'Manage my cookies', 'dialog');
        await page.waitForSelector('dialog[open] input');
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('dialog'));
        await press(tab, 'Details: YouTube videos', 'cookie-placeholder');
        await press(tab, 'Always allow: YouTube videos', 'dialog');
        await page.waitForFunction(() => window.gatekeeper.allows('youtube') && !document.querySelector('dialog'));
      });
    }

    for (const theme of THEMES) {
      it(`and who has text spaced as far as WCAG says can scroll to every control, in the theme ${theme}`, async () => {
        const tab = await filled(start, theme);
        await tab.page.addStyleTag({ content: SPACED_TEXT });
        assert.deepEqual(await unreachable(tab), []);
      });
    }

    it('before the picture that the page has for it, if that is the site’s own', async () => {
      const { tab, example } = await startAsking(start, 'own', OPEN);
      const shown: string[] = [];
      example.route('/poster.svg', ({ url }) => {
        shown.push(url);
        return new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', {
          headers: { 'Content-Type': 'image/svg+xml' },
        });
      });
      const { origin } = example.thirdParties.partner;
      example.page('/posters', {
        body: `<video data-service="partner" data-src="${origin}/a" poster="/poster.svg" width="400" height="225"></video>
          <iframe data-service="partner" data-src="${origin}/b" data-poster="${origin}/poster.svg" width="400" height="225"></iframe>`,
      });
      await tab.visit('/posters');
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder button').length >= 4);
      await until(() => shown.length > 0, 'the site’s own was shown');
      const grounds = await tab.page.$$eval('cookie-placeholder', (hosts) =>
        hosts.map((host) => /poster/.test(getComputedStyle(host).backgroundImage)),
      );
      assert.deepEqual(grounds, [true, false]);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });
  });

  forEachEngine(({ engine, start }) => {
    for (const theme of THEMES) {
      it(`and who has text twice as large can scroll to every control, in the theme ${theme}`, async () => {
        const tab = await filled(start, theme);
        await setLargeText(tab.page, engine);
        assert.deepEqual(await unreachable(tab), []);
      });
    }

    it('and what stands before a picture begins in its frame, so that it can be scrolled to', async () => {
      const poster = STATES[0]!.replace(
        'STYLE',
        'data-poster="/poster.svg" style="display: block; width: 160px; height: 60px"',
      );
      const { tab } = await startAsking(start, 'own', { ...OPEN, content: poster });
      await setLargeText(tab.page, engine);
      await tab.visit(PAGE);
      await allShown(tab, 1);
      const [host, box] = await tab.page.$$eval('cookie-placeholder, cookie-placeholder > div', (elements) =>
        elements.map((element) => element.getBoundingClientRect().toJSON() as Box),
      );
      assert.ok(box!.bottom - box!.top > host!.bottom - host!.top, 'it is larger than its frame');
      assert.ok(box!.top >= host!.top, `${host!.top - box!.top} px are out of reach`);
    });
  }, LARGE_TEXT);
});

/** A page with a placeholder in each size and state. */
async function filled(start: StartVisit, theme: ThemeName): Promise<Tab> {
  const { tab } = await startAsking(start, theme, { ...OPEN, content: CONTENT });
  await tab.visit(PAGE);
  await allShown(tab, SIZES.length * (STATES.length + 2));
  return tab;
}

async function allShown({ page }: Tab, expected: number): Promise<void> {
  await page.waitForFunction(
    (expected) => document.querySelectorAll('cookie-placeholder:has(> div)').length === expected,
    {},
    expected,
  );
  await page.evaluate(() => document.fonts.ready);
}

/** Controls that are cut off wherever their placeholder is scrolled to. */
function unreachable({ page }: Tab): Promise<string[]> {
  return page.$$eval('cookie-placeholder :is(button, a)', (controls) =>
    controls.flatMap((control) => {
      control.scrollIntoView({ block: 'center', inline: 'center' });
      const [own, host] = [control, control.closest('cookie-placeholder')!].map((one) => one.getBoundingClientRect());
      const isSeen = own!.width > 0 && own!.height > 0;
      // Of one that is larger than its placeholder, the middle.
      const [x, y] = [own!.left + own!.width / 2, own!.top + own!.height / 2];
      const isWithin = x > host!.left && x < host!.right && y > host!.top && y < host!.bottom;
      return isSeen && !isWithin ? [`${control.textContent} in ${host!.width} × ${host!.height}`] : [];
    }),
  );
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Measured {
  called: string;
  frame: Box;
  /** Whether it would have to be scrolled. */
  scrolls: boolean;
  controls: { called: string; box: Box; isCutOff: boolean }[];
}

function measured({ page }: Tab): Promise<Measured[]> {
  return page.$$eval('cookie-placeholder', (hosts) =>
    hosts.map((host) => ({
      called: `${host.clientWidth} × ${host.clientHeight} ${(host as HTMLElement).dataset.opens ?? ''}`,
      frame: host.getBoundingClientRect().toJSON() as Box,
      scrolls: host.scrollHeight > host.clientHeight || host.scrollWidth > host.clientWidth,
      controls: [...host.querySelectorAll('button, a')].map((control) => ({
        called: control.textContent,
        box: control.getBoundingClientRect().toJSON() as Box,
        isCutOff: control.scrollWidth > control.clientWidth + 1,
      })),
    })),
  );
}

function mistakesOf({ called, frame, scrolls, controls }: Measured): string[] {
  const isWithin = (box: Box) =>
    box.left >= frame.left && box.top >= frame.top && box.right <= frame.right && box.bottom <= frame.bottom;
  const overlap = (one: Box, other: Box) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const wrong = controls.flatMap((control, index) => {
    const { box, isCutOff } = control;
    const size = [box.right - box.left, box.bottom - box.top];
    return [
      ...(isWithin(box) ? [] : ['is out of sight']),
      ...(size.every((length) => length >= LEAST_TARGET_PX) ? [] : [`is ${size.join(' × ')}`]),
      ...(isCutOff ? ['is cut off'] : []),
      ...controls
        .slice(index + 1)
        .filter((other) => overlap(box, other.box))
        .map((other) => `is over ${other.called}`),
    ].map((mistake) => `${control.called} ${mistake}`);
  });
  return [...wrong, ...(scrolls ? ['it scrolls'] : [])].map((mistake) => `${called}: ${mistake}`);
}
