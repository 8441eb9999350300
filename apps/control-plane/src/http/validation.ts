import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ApiError, type FieldProblem } from './api-error.js';

const MAX_FIELDS = 20;

/** Checks parameters, query and body by the schemas that routes name, and says which fields are wrong. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const fields = issues.slice(0, MAX_FIELDS).map((issue): FieldProblem => ({
      path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      message: issue.message,
    }));
    const [first] = fields;
    const where = first?.path ? `${first.path}: ` : '';
    return new ApiError('invalid_request', `${where}${first?.message ?? 'The request is malformed.'}`, {
      fields,
    });
  },
});
