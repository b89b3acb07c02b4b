import type { Part } from '../part';
import { burst } from './burst';
import { bytes } from './bytes';
import { day } from './day';
import { decision } from './decision';
import { page } from './page';
import { peers } from './peers';
import { refusals } from './refusals';
import { streaming } from './streaming';
import { sweep } from './sweep';
import { toggle } from './toggle';

/** In the order of the document. */
export const parts: Part[] = [page, peers, decision, toggle, burst, streaming, refusals, sweep, bytes, day];
