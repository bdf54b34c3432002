import { describe, expect, it } from 'vitest';
import { isProgram, mediaTypeOf, previewTypeOf, safeFileName } from '../../../shared/rules/attachment.ts';

describe('names of attached files', () => {
  it.each([
    ['Quote 2026.pdf', 'Quote 2026.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\kim\\list.xlsx', 'list.xlsx'],
    ['folder/', 'folder'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u0000b\u001b[31m.txt', 'ab[31m.txt'],
    ['what?<now>:*.txt', 'what__now___.txt'],
    ['  ..hidden.  ', 'hidden'],
    ['.', 'file'],
    ['', 'file'],
    ['\u200b\ufeff', 'file'],
    ['CON.txt', '_CON.txt'],
    ['nul', '_nul'],
    ['zwei\u00adteilig.pdf', 'zweiteilig.pdf'],
    ['Пример 王芳 😀.pdf', 'Пример 王芳 😀.pdf'],
  ])('%j is kept as %j', (given, kept) => {
    expect(safeFileName(given)).toBe(kept);
  });

  it('cuts long ones before their extension, in no character, and within what file systems take', () => {
    expect(safeFileName(`${'x'.repeat(300)}.pdf`)).toMatch(/^x{176}\.pdf$/);
    const emoji = safeFileName(`${'😀'.repeat(300)}.jpeg`);
    expect(emoji).toMatch(/^(😀)+\.jpeg$/u);
    expect(Buffer.byteLength(emoji)).toBeLessThan(250);
    expect(safeFileName('\ud800broken.txt').isWellFormed()).toBe(true);
  });

  it('are the same when they are made safe again', () => {
    for (const name of ['../a', 'CON', 'x'.repeat(400), ' .a. .b ']) {
      expect(safeFileName(safeFileName(name))).toBe(safeFileName(name));
    }
  });
});

describe('what a file is', () => {
  const text = (value: string) => new TextEncoder().encode(value);

  it('follows from its first bytes, whatever its name says', () => {
    expect(mediaTypeOf('holiday.jpg', text('MZ\u0090'))).toBe('application/x-executable');
    expect(isProgram(mediaTypeOf('readme', text('#!/bin/sh')))).toBe(true);
    expect(isProgram(mediaTypeOf('run.ps1', text('Get-')))).toBe(true);
    expect(mediaTypeOf('x.exe', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
    expect(mediaTypeOf('x', text('RIFF\u0000\u0000\u0000\u0000WEBP'))).toBe('image/webp');
  });

  it('is shown only for pictures of points', () => {
    expect(previewTypeOf('image/png')).toBe('image/png');
    for (const type of ['image/svg+xml', 'application/pdf', 'text/html', null]) expect(previewTypeOf(type)).toBeNull();
    expect(previewTypeOf(mediaTypeOf('logo.png', text('<svg onload=alert(1)>')))).toBeNull();
  });
});
