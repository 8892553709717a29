import { AGENTS, denied, PEOPLE, PERMISSION_SETS } from '../cast.ts';
import type { Caller, Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL, HOME } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { clock } from '../story-time.ts';

/** Minutes before the stop: a function is deployed that checkout does not use. */
export function writePricingDeploy(recorder: Recorder, sessions: Sessions): void {
  const job = sessions.gitHub(clock('10:38:02'), {
    repository: 'northwind/pricing',
    role: 'gha-deploy-pricing',
    sessionName: 'GitHubActions',
    address: '192.0.2.140',
    agent: `${AGENTS.cli} md/command#lambda.update-function-code`,
  });
  const functionName = 'pricing-quote';
  const functionArn = `arn:aws:lambda:${HOME}:${ACCOUNT}:function:${functionName}`;
  const code = { functionName, functionArn, runtime: 'nodejs22.x', environment: {} };
  recorder.write(clock('10:38:20'), job, {
    event: 'lambda.UpdateFunctionCode20150331v2',
    request: { functionName, publish: false, dryRun: false },
    response: { ...code, version: '$LATEST', lastModified: '2026-10-14T10:38:20.000+0000' },
  });
  recorder.write(clock('10:38:31'), job, {
    event: 'lambda.PublishVersion20150331',
    request: { functionName },
    response: { ...code, version: '118', lastModified: '2026-10-14T10:38:31.000+0000' },
  });
  recorder.write(clock('10:38:33'), job, {
    event: 'lambda.UpdateAlias20150331',
    request: { functionName, name: 'live', functionVersion: '118' },
    response: { aliasArn: `${functionArn}:live`, name: 'live', functionVersion: '118' },
  });
}

/** A Terraform run over the search service: 25 writes in a good minute, one of them in IAM. */
export function writeTerraformRun(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): void {
  const startMs = clock('10:33:06');
  const job = sessions.gitHub(startMs, {
    repository: 'northwind/infrastructure',
    role: 'ci-terraform',
    sessionName: 'terraform-8841',
    address: '192.0.2.73',
    agent: AGENTS.terraform,
  });
  const resources = [
    'i-0b77e3f2d45a1c980',
    ...Array.from({ length: 14 }, (_, index) => {
      return `${index % 3 === 0 ? 'vol' : index % 3 === 1 ? 'eni' : 'subnet'}-0${random.hex(16)}`;
    }),
  ];
  const tags = {
    tagSet: {
      items: [
        { key: 'service', value: 'search' },
        { key: 'cost-centre', value: '4410' },
      ],
    },
  };
  let timeMs = startMs + 14_000;
  const next = () => {
    timeMs += random.integer(1, 4) * 1_000;
    return timeMs;
  };
  for (const resourceId of resources) {
    recorder.write(next(), job, {
      event: 'ec2.CreateTags',
      request: { resourcesSet: { items: [{ resourceId }] }, ...tags },
      response: { _return: true },
    });
  }
  const groupId = 'sg-0d7e4c1b9f3a82650';
  for (let rule = 0; rule < 8; rule += 1) {
    const verb = rule % 2 === 0 ? 'Authorize' : 'Revoke';
    recorder.write(next(), job, {
      event: `ec2.${verb}SecurityGroupIngress`,
      request: {
        groupId,
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 9200 + rule,
              toPort: 9200 + rule,
              ipRanges: { items: [{ cidrIp: `10.20.${rule}.0/24` }] },
            },
          ],
        },
      },
      response: { _return: true },
    });
  }
  recorder.write(next(), job, {
    event: 'logs.PutRetentionPolicy',
    request: { logGroupName: '/search/prod', retentionInDays: 30 },
  });
  recorder.write(next(), job, {
    event: 'iam.TagRole',
    region: GLOBAL,
    request: { roleName: 'search-instance', tags: [{ key: 'service', value: 'search' }] },
  });
}

/** A person behind two roles: user, jump role, writing role. */
export function writeRoleChain(recorder: Recorder, sessions: Sessions): void {
  const user = sessions.iamUser(
    'ilse.varga',
    '198.51.100.37',
    `${AGENTS.cli} md/command#sts.assume-role`,
  );
  const jump = sessions.assume(clock('10:26:40'), user, 'ops-jump', 'ilse-laptop');
  const writer = sessions.assume(
    clock('10:27:15'),
    jump,
    'config-writer',
    'botocore-session-1791973635',
  );
  recorder.write(clock('10:29:02'), writer, {
    event: 'ssm.PutParameter',
    request: {
      name: '/reports/prod/batch-size',
      type: 'String',
      value: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      overwrite: true,
    },
    response: { version: 12, tier: 'Standard' },
  });
}

/** Another service's release, with a password that somebody left in the clear. */
export function writeBasketRelease(recorder: Recorder, sessions: Sessions): void {
  const job = sessions.gitHub(clock('10:04:11'), {
    repository: 'northwind/basket',
    role: 'gha-deploy-basket',
    sessionName: 'GitHubActions',
    address: '192.0.2.141',
    agent: `${AGENTS.cli} md/command#ecs.update-service`,
  });
  const taskDefinition = `arn:aws:ecs:${HOME}:${ACCOUNT}:task-definition/basket-prod:77`;
  recorder.write(clock('10:04:40'), job, {
    event: 'ecs.RegisterTaskDefinition',
    request: {
      family: 'basket-prod',
      containerDefinitions: [
        {
          name: 'basket',
          image: `${ACCOUNT}.dkr.ecr.${HOME}.amazonaws.com/basket:9f31c07`,
          environment: [
            {
              name: 'DATABASE_URL',
              value: 'postgres://basket:not-a-real-password-EXAMPLE@basket-db.internal:5432/basket',
            },
          ],
        },
      ],
    },
    response: {
      taskDefinition: { taskDefinitionArn: taskDefinition, family: 'basket-prod', revision: 77 },
    },
  });
  recorder.write(clock('10:05:02'), job, {
    event: 'ecs.UpdateService',
    request: { cluster: 'shop-prod', service: 'basket-prod', taskDefinition: 'basket-prod:77' },
    response: {
      service: {
        serviceArn: `arn:aws:ecs:${HOME}:${ACCOUNT}:service/shop-prod/basket-prod`,
        serviceName: 'basket-prod',
        desiredCount: 4,
        runningCount: 4,
      },
    },
  });
}

/** Calls that were refused. AWS leaves their parameters out; only the message names the resource. */
export function writeDeniedCalls(recorder: Recorder, sessions: Sessions): void {
  const { email, address } = PEOPLE.petra;
  const petra = sessions.person(clock('10:09:12'), email, 'Developer', address);
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${PERMISSION_SETS.Developer}/${email}`;
  const attempts = [
    [
      '10:13:05',
      'rds.ModifyDBInstance',
      'rds:ModifyDBInstance',
      `arn:aws:rds:${HOME}:${ACCOUNT}:db:orders-prod`,
    ],
    [
      '10:14:48',
      'elasticloadbalancing.DeregisterTargets',
      'elasticloadbalancing:DeregisterTargets',
      `arn:aws:elasticloadbalancing:${HOME}:${ACCOUNT}:targetgroup/checkout-prod/4f9a3c7e15b2d806`,
    ],
    [
      '10:36:59',
      'secretsmanager.PutSecretValue',
      'secretsmanager:PutSecretValue',
      `arn:aws:secretsmanager:${HOME}:${ACCOUNT}:secret:checkout/prod-Xq4TzR`,
    ],
  ] as const;
  for (const [time, event, action, resource] of attempts) {
    recorder.write(clock(time), petra, { event, error: denied(arn, action, resource) });
  }
  recorder.write(clock('10:15:30'), petra, {
    event: 'iam.AttachRolePolicy',
    region: GLOBAL,
    error: denied(arn, 'iam:AttachRolePolicy', `role developer-sandbox`),
  });
}

/** Text that somebody chose in order to hurt whoever prints it. */
export function writeHostileNames(recorder: Recorder, sessions: Sessions): void {
  const name = '<!channel> *all clear* \u202etxt.kcabllor <https://evil.example|AWS console>';
  const vendor = sessions.iamUser('vendor-sync', '198.51.100.201', AGENTS.boto);
  const hostile = sessions.assume(clock('10:18:20'), vendor, 'vendor-exchange', name);
  const disguised: Caller = {
    ...hostile,
    agent: '<!here> *console.amazonaws.com* `rm -rf` \u202eteltuo <https://evil.example|sign in>',
  };
  recorder.write(clock('10:19:03'), disguised, {
    event: 's3.PutBucketTagging',
    request: {
      bucketName: 'northwind-vendor-exchange',
      Host: 'northwind-vendor-exchange.s3.eu-west-1.amazonaws.com',
      Tagging: { TagSet: { Tag: [{ Key: '<!everyone>', Value: '</script><img src=x>' }] } },
    },
  });
  recorder.write(clock('10:19:41'), disguised, {
    event: 'iam.CreateUser',
    region: GLOBAL,
    error: denied(
      `arn:aws:sts::${ACCOUNT}:assumed-role/vendor-exchange/${name}`,
      'iam:CreateUser',
      `arn:aws:iam::${ACCOUNT}:user/<!channel>`,
    ),
  });
}
