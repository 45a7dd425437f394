import js from "@eslint/js";
import globals from "globals";

const RULES = {
  "consistent-return": "error",
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "no-alert": "error",
  "no-console": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-param-reassign": "error",
  "no-restricted-properties": [
    "error",
    ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
      property,
      message: "Words are made into elements by element(), never by markup.",
    })),
  ],
  "no-shadow": "error",
  "no-unneeded-ternary": "error",
  "no-useless-rename": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
  "prefer-template": "error",
};

export default [
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["src/**"], languageOptions: { globals: { ...globals.browser, lunr: "readonly" } }, rules: RULES },
  { files: ["src/service-worker.js"], languageOptions: { globals: globals.serviceworker } },
  { files: ["tests/**", "*.config.js"], languageOptions: { globals: globals.node }, rules: RULES },
];
