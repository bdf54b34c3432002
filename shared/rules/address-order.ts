/**
 * The parts of an address in the order in which a country writes them, from the addressing sheets of the Universal Postal
 * Union. Countries that are not named here write as most of Europe does: street, postal code, city.
 *
 * Example: of Japan it is postal code, region, city, street; of the United States street, city, region, postal code.
 */
import type { AddressPart } from '../model/parts.ts';

const addressParts = ['street', 'street2', 'postalCode', 'city', 'region'] as const;
export type AddressPartName = (typeof addressParts)[number];

const orders = {
  /** The code closes the line of the city and state. */
  cityRegionCode: ['street', 'street2', 'city', 'region', 'postalCode'],
  cityCodeRegion: ['street', 'street2', 'city', 'postalCode', 'region'],
  /** From the large to the small. */
  largeToSmall: ['postalCode', 'region', 'city', 'street', 'street2'],
  cityFirst: ['city', 'street', 'street2', 'region', 'postalCode'],
  europe: addressParts,
} as const satisfies Readonly<Record<string, readonly AddressPartName[]>>;

const byCountry: Readonly<Record<keyof Omit<typeof orders, 'europe'>, string>> = {
  cityRegionCode: 'US CA AU NZ GB IE BR VE CO MX PG PR ID PH TH NG BD PK EG SA AE LV',
  cityCodeRegion: 'IN LK SG MY VN ZA KE KZ UA BY',
  largeToSmall: 'JP CN KR TW HK MO RU',
  cityFirst: 'HU',
};

const orderOf = new Map(
  Object.entries(byCountry).flatMap(([name, codes]) =>
    codes.split(' ').map((code) => [code, orders[name as keyof typeof orders]] as const),
  ),
);

export const addressOrder = (country: string | null): readonly AddressPartName[] =>
  orderOf.get(country ?? '') ?? orders.europe;

/** What is filled in, in that order, without the country. */
export const addressInOrder = (address: Partial<AddressPart>): string[] =>
  addressOrder(address.country ?? null).flatMap((name) => address[name] ?? []);
