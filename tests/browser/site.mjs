// A casebook built from the sample pages and served by the program itself, and Debian's Chromium to read it with.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const program = resolve(process.env.CASEBOOK ?? '../../target/debug/casebook');
const sample = resolve(import.meta.dirname, '../../data/sample');

/// Takes the sample pages in and builds; as of a fixed day, so that every run sees the same site.
export function buildSample() {
  const home = mkdtempSync(join(tmpdir(), 'casebook-'));
  const run = (...words) => execFileSync(program, ['--home', home, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  execFileSync(program, ['init', home, '--starter'], { stdio: 'ignore' });
  run('ingest', sample, '--fetched-at', '2026-07-01T00:00:00Z');
  run('--as-of', '2026-07-01', 'build');
  return { home, remove: () => rmSync(home, { recursive: true }) };
}

/// Serves a casebook on a free port of loopback.
export async function serve(home) {
  const server = spawn(program, ['--home', home, 'serve', '--bind', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: server.stderr })) {
    const address = line.match(/http:\/\/[\d.]+:\d+\//)?.[0];
    if (address) return { address, close: () => server.kill() };
  }
  throw new Error('the server ended before it listened');
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
