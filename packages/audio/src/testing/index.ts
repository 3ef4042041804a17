export { brokenLaws, describeLaws, type Law } from './laws.ts'
