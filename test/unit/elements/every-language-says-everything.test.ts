import assert from 'node:assert/strict';
import { en, enPage } from '../../../src/elements/texts/en';
import { languages, pageLanguages } from '../../../src/elements/texts/languages';
import { directionOf, pickLanguage, wordsIn } from '../../../src/elements/words';

/** What a purpose is called where the law speaks of it: visitors, and those who look at sites for them, look for that word. */
const PURPOSES: Record<string, RegExp> = {
  de: /\bZwecke/,
  en: /\bpurposes\b/,
  es: /\bfinalidades\b/,
  fr: /\bfinalités(?!\p{L})/u,
  it: /\bfinalità(?!\p{L})/u,
  nl: /\bdoeleinden\b/,
  pt: /\bfinalidades\b/,
};

/** What a language never writes: another's quotation marks, a typewriter's apostrophe, a space where a line must not break. */
const FOREIGN_MARKS: Record<string, RegExp> = {
  de: /["'«»”‘’]| [:;?!]/,
  // The portal's own policy, which is quoted word for word, has straight apostrophes.
  en: /["«»„]| [:;?!]/,
  es: /["'“”„]|« | »| [:;?!]/,
  fr: /["'“”„]|«(?!\u202f)|(?<!\u202f)[»;?!]|(?<!\u202f):/,
  it: /["'“”„]|« | »| [:;?!]/,
  nl: /["'«»„]| [:;?!]/,
  pt: /["'“”„]|« | »| [:;?!]/,
};

const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('Every language says everything', () => {
  it('French, English, German, Spanish, Italian, Dutch and Portuguese', () => {
    assert.deepEqual(Object.keys(languages).sort(), ['de', 'en', 'es', 'fr', 'it', 'nl', 'pt']);
  });

  for (const [language, texts] of Object.entries(languages)) {
    it(`${language}: every text, with every value that the English has`, () => {
      assert.deepEqual(
        Object.keys({ ...texts, ...pageLanguages[language] }).sort(),
        Object.keys({ ...en, ...enPage }).sort(),
      );
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(names(text), names(en[key as keyof typeof en]), key);
        if (key !== 'policyUrl') assert.ok(text.trim().length > 0, key);
        assert.doesNotMatch(text, /CNIL|certifi/i, key);
      }
    });

    it(`${language}: the banner says that what it lists are purposes`, () => {
      for (const key of ['bannerText', 'bannerNew'] as const) assert.match(texts[key], PURPOSES[language]!);
    });

    it(`${language}: with its own quotation marks, apostrophes and spaces`, () => {
      const wrong = Object.entries({ ...texts, ...pageLanguages[language] }).filter(
        ([, text]) => FOREIGN_MARKS[language]!.test(text) || /\s{2}|^\s|\s$/.test(text),
      );
      assert.deepEqual(wrong, []);
    });

    if (language !== 'en') {
      it(`${language}: nothing was left in English`, () => {
        const same = Object.entries(texts).filter(([key, text]) => text && text === en[key as keyof typeof en]);
        assert.deepEqual(same, []);
      });
    }
  }

  it('the best language is picked, whatever it is written as', () => {
    const available = ['fr', 'en', 'pt-BR'];
    for (const [wanted, expected] of [
      [['fr-CA'], 'fr'],
      [['EN-us'], 'en'],
      [['', 'pl', 'en'], 'en'],
      [['pt-br'], 'pt-BR'],
      [['ja'], 'fr'],
      [[], 'fr'],
    ] as const) {
      assert.equal(pickLanguage(wanted, available), expected, wanted.join());
    }
    assert.deepEqual(['ar', 'he-IL', 'fr', 'arn'].map(directionOf), ['rtl', 'rtl', 'ltr', 'ltr']);
  });

  it('texts of a policy come in the language, or else in the first that there is', () => {
    const { text } = wordsIn({ fr: {} }, 'fr');
    assert.deepEqual([text('a'), text({ de: 'b', fr: 'c' }), text({ de: 'd' }), text(undefined)], ['a', 'c', 'd', '']);
  });
});
