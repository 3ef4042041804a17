import type { UserWorkspaceConfig } from 'vitest/config'
import { findBrowser } from './scripts/browser.mjs'

/** A second, as is usual, is not enough to become true on a busy machine. */
export const patience = { poll: { timeout: 15_000 } }

/** The two kinds of tests of a package: quick ones, and ones with real engines, servers and seconds, a file at a time. */
export const unitAndIntegration: UserWorkspaceConfig[] = [
  {
    test: {
      name: 'unit',
      include: ['src/**/*.test.ts'],
      exclude: ['src/**/*.integration.test.ts', '**/node_modules/**'],
      // Every package tests at once on few cores: five seconds are not enough for the longest.
      testTimeout: 20_000,
      expect: patience,
    },
  },
  {
    test: {
      name: 'integration',
      include: ['src/**/*.integration.test.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      expect: patience,
      fileParallelism: false,
      provide: { browserPath: findBrowser() ?? '' },
    },
  },
]
