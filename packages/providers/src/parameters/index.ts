export {
  asksForNothing,
  droppedParameters,
  parameterRules,
  refusedParameter,
  type ParameterRule,
  type ParameterRules,
} from './parameter-rules.js';
