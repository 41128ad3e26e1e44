"""What of the suite is left out under Wine, each with its reason.

Left out is not skipped: what stands here is never given out, and everything else must pass.
"""

NO_LINKS = "Wine says that it made a symbolic link, and there is none"
NOT_OF_WINDOWS = "about files, names or rights that only Linux has"
OF_A_PACKAGE = "about what is built on Linux alone"
BELIEVES_ALL = "Wine believes every issuer and compares no certificate with an address"
NO_SCAPY = "scapy, which the packets are compared with, cannot be loaded under Wine"
NO_REFUSALS = "Wine does not tell that a datagram was refused"
LONG = "starts the program many times, which takes long under Wine, to show what the source is like"
OF_THE_SUITE = "about how the suite gives out its files, not about the product"
OF_THE_TREE = "reads every file of the source and runs none of it, which takes long under Wine"
AGAIN = "tests/windows runs it with three code pages, the installer's trial without streams"
COARSE = "ten samples that take no time are one tick of Windows' clock; real ones take a second"

LEFT_OUT = {
    "tests/contract/test_adding_a_check.py": LONG,
    "tests/contract/test_docs_examples.py::test_examples_that_are_marked": LONG,
    "tests/unit/test_cli_voice.py::test_a_file_with_a_hostile_name": NOT_OF_WINDOWS,
    "tests/unit/test_link_shapes.py::test_linux_": NOT_OF_WINDOWS,
    "tests/unit/test_link_signal.py::test_median_and_weakest_of_ten_samples": COARSE,
    "tests/unit/test_machine_linux.py": NOT_OF_WINDOWS,
    "tests/unit/test_middlebox_probe.py::test_a_measuring_server_proves_itself": BELIEVES_ALL,
    "tests/unit/test_middlebox_probe.py::test_a_middlebox_that_signs_anew": BELIEVES_ALL,
    "tests/unit/test_middlebox_probe.py::test_an_employer_s_own_authority": BELIEVES_ALL,
    "tests/unit/test_profile_draft_files.py::test_link_is_not_followed": NO_LINKS,
    "tests/unit/test_profiles_faults.py::test_link_is_refused": NO_LINKS,
    "tests/unit/test_reach.py::test_a_closed_udp_port_is_refused": NO_REFUSALS,
    "tests/unit/test_reach.py::test_a_host_of_a_public_authority_says_so": BELIEVES_ALL,
    "tests/unit/test_reach.py::test_a_slow_handshake_is_waited_for": BELIEVES_ALL,
    "tests/unit/test_reach.py::test_a_stranger_s_certificate_is_not_trusted": BELIEVES_ALL,
    "tests/unit/test_reach.py::test_a_trusted_host_is_reached": BELIEVES_ALL,
    "tests/unit/test_reach.py::test_the_request_is_one_that_scapy_reads": NO_SCAPY,
    "tests/unit/test_reach.py::test_an_issuer_s_name_is_made_fit": BELIEVES_ALL,
    "tests/unit/test_release.py::test_every_package_under_the_lgpl": OF_A_PACKAGE,
    "tests/unit/test_release_files.py": OF_A_PACKAGE,
    "tests/unit/test_repository_words.py": OF_THE_TREE,
    "tests/unit/test_scheduling.py": OF_THE_SUITE,
    "tests/unit/test_self_test.py::test_the_whole_program_passes": AGAIN,
    "tests/unit/test_stamp.py": NO_SCAPY,
    "tests/unit/test_storage_files.py::test_a_file_that_tells_no_length": NOT_OF_WINDOWS,
    "tests/unit/test_storage_files.py::test_a_link_is_": NO_LINKS,
    "tests/unit/test_storage_files.py::test_where_the_system_cannot_refuse": NO_LINKS,
    "tests/unit/test_wine_lane.py::test_a_batch_is_": OF_THE_SUITE,
    "tests/unit/test_wine_lane.py::test_a_file_that_is_not_found": OF_THE_SUITE,
}
"""How the name of a test begins -> why it is left out."""

WHOLE_FILES = {name for name in LEFT_OUT if name.endswith(".py")}
"""Of these nothing is run, and nothing read."""
