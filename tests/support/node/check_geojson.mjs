// Checks GeoJSON from standard input; prints the faults it finds, [] for none.
import { readFileSync } from 'node:fs';
import { getIssues } from '@placemarkio/check-geojson';

const issues = getIssues( readFileSync( 0, 'utf8' ) );
process.stdout.write( JSON.stringify( issues.map( ( issue ) => issue.message ) ) );
