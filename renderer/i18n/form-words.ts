/** What a form says about a value that its schema refuses, where the schema has no sentence of its own. */
import { z } from 'zod';
import { t } from './index.ts';

export function sayInWords(): void {
  z.config({
    customError: (issue) => {
      switch (issue.code) {
        case 'too_big':
          return issue.origin === 'string'
            ? t('common.tooLong', { count: Number(issue.maximum) })
            : t('common.tooBig', { most: String(issue.maximum) });
        case 'too_small':
          if (issue.origin === 'string') return t('common.tooShort', { count: Number(issue.minimum) });
          return t('common.tooSmall', { least: String(issue.minimum) });
        case 'invalid_type':
          return issue.input === undefined || issue.input === null ? t('common.needed') : t('common.notValid');
        default:
          return t('common.notValid');
      }
    },
  });
}
