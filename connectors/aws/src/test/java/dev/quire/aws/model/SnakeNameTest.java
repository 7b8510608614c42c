package dev.quire.aws.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnakeNameTest {

  /** Each as boto3 calls it. */
  @ParameterizedTest
  @CsvSource({
    "GetJobRuns, get_job_runs",
    "ListObjectsV2, list_objects_v2",
    "DescribeDBInstances, describe_db_instances",
    "ListWebACLs, list_web_acls",
    "ListResolverQueryLogConfigs, list_resolver_query_log_configs",
    "DescribeStackSetOperation, describe_stack_set_operation",
    "ListHITsForQualificationType, list_hits_for_qualification_type",
    "ListHITs, list_hits",
    "DescribeCachediSCSIVolumes, describe_cached_iscsi_volumes",
    "DescribeStorediSCSIVolumes, describe_stored_iscsi_volumes",
    "ExecutePartiQLStatement, execute_partiql_statement",
    "ListLinkedWhatsAppBusinessAccounts, list_linked_whatsapp_business_accounts",
    "ListDICOMImportJobs, list_dicom_import_jobs",
    "GetEC2InstanceRecommendations, get_ec2_instance_recommendations",
    "DescribeReservedElasticsearchInstances, describe_reserved_elasticsearch_instances",
    "ListSAMLProviderTags, list_saml_provider_tags",
    "ListTagsForResource, list_tags_for_resource",
    "GetMLTaskRuns, get_ml_task_runs",
    "ListIPSets, list_ip_sets",
    "ListBots, list_bots",
    "DescribeVpcPeeringConnections, describe_vpc_peering_connections",
    "ListSourceViewsForBillingView, list_source_views_for_billing_view",
    "ListCEVs, list_cevs",
    "already_snake, already_snake"
  })
  void a_name_is_what_boto3_calls_it(String name, String snake) {
    assertThat(SnakeName.of(name)).isEqualTo(snake);
  }

  @Test
  void names_without_capitals_stay() {
    assertThat(SnakeName.of("query")).isEqualTo("query");
  }
}
