import { en } from './en';
import { fr } from './fr';
import type { Language } from './language';

export const texts: Record<Language, typeof en> = { en, fr };
