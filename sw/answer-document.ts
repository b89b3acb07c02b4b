import type { WorkerState } from './respond-to';
import { load, openDocument, wayOfAnswers, type AnswersWay } from './open-document';

/** The request that is just being handed from listener to listener. */
let current: FetchEvent | undefined;
let answers: AnswersWay = 'pass';

/**
 * Has all that the site's own listeners answer pass us, whichever of us is called first.
 * @param handle decides about a request; called once for each, before anything is answered
 * @returns the listener that calls it
 */
export function interceptAnswers(handle: (event: FetchEvent) => void, state: WorkerState): (event: FetchEvent) => void {
  const handleOnce = (event: FetchEvent) => {
    if (current === event) return;
    current = event;
    answers = 'pass';
    handle(event);
  };
  const { respondWith } = FetchEvent.prototype;
  FetchEvent.prototype.respondWith = function (answer) {
    handleOnce(this);
    if (answers === 'are left out') return;
    const response = answers === 'are opened' ? openDocument(this, state, answer) : answer;
    answers = 'pass';
    respondWith.call(this, response);
  };
  return handleOnce;
}

/**
 * Has a request for a document, or for the script of a worker, answered by the site's own listeners, if they do, and what they
 * answer with opened like any other: what is stored, made by them, or an offline page.
 */
export function answerDocument(event: FetchEvent, state: WorkerState): void {
  answers = wayOfAnswers(event, state);
}

/**
 * Answers it from the network, when no listener of the site has answered it. Called after all of them. What a form posts is not
 * sent by us: Firefox would send it with the site's own origin, whoever posted it, and so undo the site's protection against
 * forged requests.
 */
export function answerUnanswered(event: FetchEvent, state: WorkerState): void {
  if (answers === 'are opened' && event.request.method === 'GET') event.respondWith(load(event, state));
}
