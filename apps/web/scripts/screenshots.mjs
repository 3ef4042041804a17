// Takes the pictures of the playground in ../screenshots, of a conversation held for them with the built page.
import { findBrowser } from '../../../scripts/browser.mjs'
import { takeScreenshots } from '../e2e/screenshots.ts'

await takeScreenshots(findBrowser() ?? '', new URL('../screenshots/', import.meta.url))
