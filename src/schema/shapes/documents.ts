import { z } from 'zod';
import { most } from '../limits.js';
import { strict } from './elements.js';
import { messages } from './messages.js';
import { plan } from './plan.js';
import { policy } from './policy.js';

export const documents = strict({ plan, policies: z.array(policy).max(most.policies), messages });
