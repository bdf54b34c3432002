import { describe, expect, it } from 'vitest';
import { addressInOrder, addressOrder } from '../../../shared/rules/address-order.ts';
import { phoneText } from '../../../shared/rules/normalise/phone-text.ts';

describe('an address', () => {
  it('is written in the order of its country, each part once', () => {
    const parts = { street: '1 Main', street2: null, city: 'Ghent', region: 'East', postalCode: '9000' };
    expect(addressInOrder({ ...parts, country: 'US' })).toEqual(['1 Main', 'Ghent', 'East', '9000']);
    expect(addressInOrder({ ...parts, country: 'JP' })).toEqual(['9000', 'East', 'Ghent', '1 Main']);
    expect(addressInOrder({ ...parts, country: 'BE' })).toEqual(['1 Main', '9000', 'Ghent', 'East']);
    expect(addressInOrder({ ...parts, country: 'Belgique' })).toEqual(['1 Main', '9000', 'Ghent', 'East']);
    for (const country of ['US', 'IN', 'JP', 'HU', 'BE', null]) expect(new Set(addressOrder(country)).size).toBe(5);
  });
});

describe('a phone number', () => {
  it('is shown as its country writes it, abroad with its code, and as it came where it is none', () => {
    expect(phoneText({ number: '+48545549396', e164: '+48545549396' })).toBe('+48 54 554 93 96');
    expect(phoneText({ number: '0048 545549396', e164: '+48545549396' })).toBe('+48 54 554 93 96');
    expect(phoneText({ number: '01613769549', e164: '+441613769549' })).toBe('0161 376 9549');
    expect(phoneText({ number: 'ask Ann', e164: null })).toBe('ask Ann');
  });
});
