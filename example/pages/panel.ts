import type { ShownService, Site } from '../site';
import { inLanguage, type Language } from '../texts/language';
import { texts } from '../texts/texts';
import { html, type Html } from './html';

interface Row {
  id: string;
  name: string;
  note: string;
  /** Whether the visitor decides on it, and if not, why not. */
  consent: 'asked' | 'necessary' | 'undeclared';
  /** Whether a server counts its requests. */
  counted: boolean;
}

/** “What left your browser”: a live count for every service, with the switches that stop it. */
export function panel(site: Site, language: Language): Html {
  const t = texts[language];
  const live = {
    states: t.panelStates,
    withCookie: t.panelWithCookie,
    withoutCookie: t.panelWithoutCookie,
    noRefusals: t.panelNoRefusals,
    undeclared: t.panelUndeclared,
  };
  return html`<aside class="panel" aria-label="${t.panel}" data-texts="${JSON.stringify(live)}">
    <button type="button" class="panel-head" aria-controls="panel-body" aria-expanded="true">
      <span class="panel-title">${t.panel}</span>
      <span class="total" data-total></span>
    </button>
    <div id="panel-body" class="panel-body">
      <p class="state" data-state role="status"></p>
      <p class="choices">
        <button type="button" class="button" data-choice="acceptAll">${t.panelAcceptAll}</button>
        <button type="button" class="button" data-choice="refuseAll">${t.panelRefuseAll}</button>
      </p>
      <table>
        <caption>
          ${t.panelIntro}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t.panelService}</th>
            <th scope="col" class="number">${t.panelRequests}</th>
            <th scope="col" class="number">${t.panelAllowed}</th>
          </tr>
        </thead>
        <tbody>
          ${rows(site, language).map((row) => rowMarkup(row, language))}
        </tbody>
      </table>
      <h2>${t.panelRefusals} <span data-refused></span></h2>
      <ol class="refusals" data-refusals></ol>
    </div>
  </aside>`;
}

function rows(site: Site, language: Language): Row[] {
  const t = texts[language];
  const services = site.policy.services ?? [];
  const declared = services
    .map((service) => declaredRow(service, site, language))
    .filter(({ consent, counted }) => consent === 'asked' || counted);
  const undeclared = Object.keys(site.thirdParties).filter((id) => !services.some((service) => service.id === id));
  return [
    ...declared,
    ...undeclared.map((id): Row => ({
      id,
      name: id === 'sharing' ? t.shareName : id,
      note: t.panelUndeclared,
      consent: 'undeclared',
      counted: true,
    })),
  ];
}

function declaredRow(service: ShownService, site: Site, language: Language): Row {
  const t = texts[language];
  const purpose = service.anonymised ? t.anonymised : (t.purposes[service.purpose] ?? service.purpose);
  const onOwnHost = service.origins?.every((origin) => origin.startsWith('/'));
  return {
    id: service.id,
    name: inLanguage(service.name ?? service.provider, language),
    note: onOwnHost ? `${purpose}, ${t.panelOwnHost}` : purpose,
    consent: service.purpose === 'necessary' ? 'necessary' : 'asked',
    counted: service.id in site.thirdParties,
  };
}

function rowMarkup({ id, name, note, consent, counted }: Row, language: Language): Html {
  const t = texts[language];
  const permission = {
    asked: html`<input type="checkbox" role="switch" data-allow="${id}" aria-label="${t.panelAllow(name)}" disabled />`,
    necessary: html`<span class="fixed">${t.panelNecessary}</span>`,
    undeclared: html`<span class="fixed">–</span>`,
  }[consent];
  return html`<tr data-service-row="${id}">
    <th scope="row">${name} <small>${note}</small> <small class="latest" data-latest></small></th>
    <td class="number">
      ${counted ? html`<span data-count></span>` : html`<span class="fixed">${t.panelStays}</span>`}
    </td>
    <td class="number">${permission}</td>
  </tr>`;
}
