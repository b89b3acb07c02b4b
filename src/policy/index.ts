export { parsePolicy } from './parse-policy';
export { PolicyError, type PolicyIssue, type PolicyMistake, type PolicyPath, type TextPlace } from './policy-error';
export { policySchema, type Cookie, type Policy, type PolicyInput, type Service, type Text } from './schema';
export { policyJsonSchema } from './json-schema';
