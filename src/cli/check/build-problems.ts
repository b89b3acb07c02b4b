import { createHash } from 'node:crypto';
import { MARK_LENGTH } from '../../page/files/mark-length';
import type { Answer } from './get';
import { servedPolicy } from './served-policy';
import type { Site } from './site';
import { problem, type Finding } from './finding';
import { shellWord } from '../shell-word';

/** Whether a part is the one that the script which loads it was built with. */
export function* partProblems(loader: Answer, name: string, part: Answer): Generator<Finding> {
  const known = new RegExp(
    `${name.replace('.', '\\.')}["'\`]\\)?,\\(?["'\`]([^"'\`]{${MARK_LENGTH}})(sha256-[^"'\`]+)`,
  );
  const [, mark, integrity] = known.exec(loader.text) ?? [];
  if (mark === undefined || part.status >= 300) return;
  // A proxy that makes it smaller leaves its mark.
  if (part.text.includes(mark) || `sha256-${createHash('sha256').update(part.text).digest('base64')}` === integrity)
    return;
  yield problem(
    'other-build',
    `${part.url.href} is of another build than ${loader.url.href}, and is not taken by it.`,
    'Put all files there that "build" has written, and let nothing keep old ones.',
    part.url,
  );
}

/** Whether the page's script is of the policy that the site is compared with. */
export function* policyFileProblems({ policy, file }: Site, script: Answer): Generator<Finding> {
  const served = servedPolicy(script.text);
  if (served && policy && served.fingerprint !== policy.fingerprint)
    yield problem(
      'other-policy-built',
      `${script.url.href} was built from another policy than ${file}.`,
      `Build again, and put all files there: npx cookie-gatekeeper build ${shellWord(file)} --out public/`,
      script.url,
    );
}

/** Whether the worker is of the same policy as the page's script. */
export function* workerBuildProblems(script: Answer, worker: Answer): Generator<Finding> {
  const [page, other] = [servedPolicy(script.text), servedPolicy(worker.text)];
  if (page && other && page.fingerprint !== other.fingerprint)
    yield problem(
      'worker-other-policy',
      `${worker.url.href} is of another policy than ${script.url.href}, and nothing is permitted until they agree.`,
      'Put all files there that "build" has written.',
      worker.url,
    );
}
