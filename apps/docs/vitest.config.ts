import { defineConfig } from 'vitest/config'
import { findBrowser } from '../../scripts/browser.mjs'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // The reference is read from a whole gateway, which takes its time beside other tasks.
          testTimeout: 60_000,
          include: ['scripts/**/*.test.ts', 'src/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['scripts/**/*.integration.test.ts', 'e2e/**/*.integration.test.ts'],
          provide: { browserPath: findBrowser() ?? '' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
