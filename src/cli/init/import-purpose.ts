import { meantPurpose } from '../../policy/purpose-mistake';
import { necessaryAsIn, nobodyKnows, slug } from '../audit/describe-party';
import type { Known } from './known-services';
import type { OtherConfiguration, OtherService } from './other-configuration';

/** What a service is for, and what a person still has to see about that. */
export interface ImportedPurpose {
  purpose: string;
  /** The category that it is made of, where that becomes a purpose of the site's own. */
  category?: string;
  review: string[];
}

const OTHERWISE = 'third-party';

/** The purpose that a policy has for a service. Nothing becomes necessary that was not without a choice there. */
export function importPurpose(
  service: OtherService,
  { manager, categoryTexts }: OtherConfiguration,
  known: Known | undefined,
): ImportedPurpose {
  const [category, ...others] = service.categories;
  const review = [
    ...(service.isExempt ? [`${manager} loads it before visitors are asked: see whether it needs no consent.`] : []),
    ...(others.length > 0
      ? [
          `It has more purposes in ${manager}: ${others.join(', ')}. Make it several services if visitors are to decide apart.`,
        ]
      : []),
  ];
  if (service.isRequired) return required(known, manager, review);
  if (category === undefined) return { purpose: known?.description.purpose ?? OTHERWISE, review };
  const meant = meantPurpose(slug(category));
  if (meant === 'statistics') return { purpose: meant, review };
  // What visitors can refuse is not necessary, whatever it is called.
  if (categoryTexts.has(category) && slug(category) !== 'necessary')
    return { purpose: slug(category), category, review };
  if (meant === 'first-party' || category === OTHERWISE) return { purpose: meant ?? OTHERWISE, review };
  const heading = `Its purpose is "${category}" in ${manager}. For a purpose of your own, write it, and what it is called: "texts": { "en": { "purpose-${slug(category)}": "…" } }`;
  return { purpose: known?.description.purpose ?? OTHERWISE, review: [...review, `${heading}.`] };
}

function required(known: Known | undefined, manager: string, review: string[]): ImportedPurpose {
  const purpose = known?.description.purpose;
  if (!purpose) return { purpose: 'necessary', review: [...review, necessaryAsIn(manager)] };
  const said = `Visitors cannot refuse it in ${manager}. If the site does not work without it, and it learns nothing of visitors, write "purpose": "necessary".`;
  return { purpose, review: [...review, said] };
}

/** What is to be found out of who provides a service. */
export function reviewOfProvider(name: string, known: Known | undefined): string[] {
  if (!known) return [nobodyKnows(name)];
  const { description, isGuess } = known;
  const taken = isGuess ? [`Taken for ${shown(description.provider)} by its name: see whether it is.`] : [];
  return [...taken, ...(description.review ? [description.review] : [])];
}

function shown(text: Known['description']['provider']): string {
  return typeof text === 'string' ? text : (text['en'] ?? Object.values(text)[0] ?? '');
}
