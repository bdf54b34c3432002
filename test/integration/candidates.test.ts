import { expect, it } from 'vitest';
import { createRecord, write } from '../../db/records/write.ts';
import { candidatesOf } from '../../electron/features/imports/candidates.ts';
import { freshStore } from '../helpers/store.ts';

const email = {
  address: 'Info@X.example',
  kind: 'work',
  primary: true,
  optedOut: false,
  bounced: false,
  valid: true,
} as const;

it('proposes those first who agree most, and says in what', () => {
  const { store } = freshStore();
  const ids = write(store, { cause: 'edit' }, (w) =>
    [
      { givenName: 'Bob', familyName: 'Jones', company: 'Acme' },
      { givenName: 'Zoë', familyName: 'Smith' },
      { givenName: 'Bob', familyName: 'Brown' },
    ].map((values) => createRecord(w, 'contact', { ...values, emails: [email] }).id),
  ).value;
  const values = { givenName: 'zoe', familyName: 'SMITH', company: 'Else', email: 'info@x.example' };
  expect(candidatesOf(store, 'contact', ids, values)).toMatchObject([
    { label: 'Zoë Smith', why: 'Same email, given name, family name' },
    { label: 'Bob Jones', why: 'Same email' },
    { label: 'Bob Brown', why: 'Same email' },
  ]);
  expect(candidatesOf(store, 'contact', ids.slice(0, 1), {})).toMatchObject([{ why: 'Acme · Info@X.example' }]);
});

it('takes a number with and without its country code for the same', () => {
  const { store } = freshStore();
  const id = write(store, { cause: 'edit' }, (w) =>
    createRecord(w, 'contact', {
      givenName: 'Ada',
      phones: [
        {
          number: '+32 475 12 34 56',
          e164: '+32475123456',
          extension: null,
          kind: 'work',
          primary: true,
          valid: true,
          doNotCall: false,
        },
      ],
    }),
  ).value.id;
  expect(candidatesOf(store, 'contact', [id], { mobilePhone: '0475/12.34.56' })).toMatchObject([{ why: 'Same phone' }]);
});
