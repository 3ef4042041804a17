import { defineConfig } from 'vitest/config'
import { findBrowser } from '../../scripts/browser.mjs'
import { patience } from '../../vitest.projects.ts'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 20_000, expect: patience } },
      {
        test: {
          name: 'integration',
          include: ['e2e/**/*.integration.test.ts'],
          globalSetup: ['e2e/global-setup.ts'],
          provide: { browserPath: findBrowser() ?? '' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: patience,
          // Sound has to keep up with the clock: one browser at a time.
          fileParallelism: false,
        },
      },
    ],
  },
})
