import { describe, expect, it } from 'vitest';
import { consentLevels } from '../../../../shared/model/picklists.ts';
import { effectiveLevel, permissionFor, type Permissions, permissionsOf } from '../../../../shared/rules/permission.ts';

const contact = (over: Partial<Permissions> = {}): Permissions => ({
  consentLevel: 'marketing',
  child: false,
  allowEmail: true,
  allowBulkEmail: true,
  allowPhone: true,
  ...over,
});
const allowed = (of: Permissions) =>
  permissionsOf(of)
    .filter((each) => each.allowed)
    .map(({ purpose }) => purpose);

describe('who may be used for what', () => {
  it('allows each purpose from its level upwards', () => {
    expect(consentLevels.map((consentLevel) => allowed(contact({ consentLevel })))).toEqual([
      [],
      ['enquiry', 'scoring'],
      ['enquiry', 'service', 'scoring'],
      ['enquiry', 'service', 'subscribedMail', 'scoring'],
      ['enquiry', 'service', 'subscribedMail', 'marketingMail', 'marketingCall', 'scoring'],
      ['enquiry', 'service', 'subscribedMail', 'marketingMail', 'marketingCall', 'scoring'],
    ]);
  });

  it('lets “do not allow bulk email” stop marketing mail and lists only', () => {
    expect(allowed(contact({ allowBulkEmail: false }))).toEqual(['enquiry', 'service', 'marketingCall', 'scoring']);
  });

  it('lets “do not allow email” stop every mail', () => {
    expect(allowed(contact({ allowEmail: false }))).toEqual(['enquiry', 'marketingCall', 'scoring']);
  });

  it('lets “do not allow phone” stop calls, also about the enquiry', () => {
    expect(allowed(contact({ allowPhone: false }))).toEqual(['service', 'subscribedMail', 'marketingMail', 'scoring']);
  });

  it('never scores a child and never counts one above level 4', () => {
    const child = contact({ child: true, consentLevel: 'profiling' });
    expect(effectiveLevel(child)).toBe('marketing');
    expect(permissionFor(child, 'scoring').obstacles).toEqual([{ kind: 'child' }]);
  });

  it('names everything that stands in the way', () => {
    expect(permissionFor(contact({ consentLevel: 'none', allowEmail: false }), 'marketingMail')).toEqual({
      purpose: 'marketingMail',
      allowed: false,
      obstacles: [
        { kind: 'consent', needs: 'marketing' },
        { kind: 'preference', preference: 'allowEmail' },
      ],
    });
  });

  it('asks for the level that the workspace or model sets', () => {
    const levels = {
      enquiry: 'consent',
      service: 'transactional',
      subscribedMail: 'subscriptions',
      marketingMail: 'marketing',
      marketingCall: 'marketing',
      scoring: 'profiling',
    } as const;
    expect(permissionFor(contact(), 'scoring', levels).obstacles).toEqual([{ kind: 'consent', needs: 'profiling' }]);
  });
});
