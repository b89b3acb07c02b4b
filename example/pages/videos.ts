import type { Dataset } from '../data/dataset';
import { inLanguage, type Language } from '../texts/language';
import { texts } from '../texts/texts';
import { html, type Html } from './html';

/** What is missing here and how to allow it, where no placeholder comes by itself: a component and an image have none. */
const OFFER = html`<cookie-placeholder data-service="youtube"></cookie-placeholder>`;

/** The dataset's video, as a light embed that loads the player on a click, and its introduction to listen to. */
export function video({ video: { id, title } }: Dataset, youtube: string, language: Language): Html {
  const t = texts[language];
  const name = inLanguage(title, language);
  return html`<section class="box">
    <h2>${t.video}</h2>
    <h3>${name}</h3>
    <lite-youtube videoid="${id}" title="${name}">
      <span class="waiting">${t.waiting}</span>
      ${OFFER}
      <a class="lyt-playbtn" href="${youtube}/embed/${id}"
        ><span class="lyt-visually-hidden">${t.watch} : ${name}</span></a
      >
    </lite-youtube>
    <p class="listen">
      <span id="listen">${t.audio}</span>
      <audio controls preload="metadata" src="${youtube}/audio/${id}.wav" aria-labelledby="listen"></audio>
    </p>
  </section>`;
}

/**
 * Other datasets' videos, embedded in three ways: a plain iframe, and an iframe and an image that were
 * prepared for another consent manager and load nothing before they are activated.
 */
export function moreVideos([first, second, third]: Dataset[], youtube: string, language: Language): Html {
  const t = texts[language];
  const tile = (dataset: Dataset | undefined, embed: (id: string, title: string) => Html) => {
    if (!dataset) return '';
    const name = inLanguage(dataset.video.title, language);
    return html`<li>
      <div class="embed"><span class="waiting">${t.waiting}</span>${embed(dataset.video.id, name)}</div>
      <a href="/dataset/${dataset.id}">${name}</a>
    </li>`;
  };
  return html`<section class="box">
    <h2>${t.more}</h2>
    <ul class="videos">
      ${tile(first, (id, title) => html`<iframe src="${youtube}/embed/${id}" title="${title}"></iframe>`)}
      ${tile(second, (id, title) => html`<iframe data-src="${youtube}/embed/${id}" data-service="youtube" title="${title}"></iframe>`)}
      ${tile(third, (id) => html`<img data-src="${youtube}/vi/${id}/hqdefault.jpg" data-service="youtube" alt="" />${OFFER}`)}
    </ul>
  </section>`;
}
